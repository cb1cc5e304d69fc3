/// Learning the cluster from the API server's list and watch.
@NullMarked
package io.clusterzone.k8s.api;

import org.jspecify.annotations.NullMarked;
