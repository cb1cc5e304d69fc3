/// Which fields the kinds of Kubernetes have that are read from manifests.
@NullMarked
package io.clusterzone.k8s.schema;

import org.jspecify.annotations.NullMarked;
