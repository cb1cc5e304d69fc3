/// Values as people write them for Kubernetes: label selectors, names, keys, URLs.
///
/// Read [LabelSelector] first: like its neighbours it is one kind of text, checked once, with a
/// message that says what is wrong and shows no secret. The Corefile, kubeconfig files and
/// manifests all have such values, so nothing here knows where a text comes from.
@NullMarked
package io.clusterzone.k8s.text;

import org.jspecify.annotations.NullMarked;
