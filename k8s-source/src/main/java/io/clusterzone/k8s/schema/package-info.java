/// The fields of those kinds of Kubernetes that are read from manifests.
///
/// [KindFields] is the only type: readers of manifests ask it whether a field they do not know is
/// misspelt.
@NullMarked
package io.clusterzone.k8s.schema;

import org.jspecify.annotations.NullMarked;
