/// The part of a cluster that DNS depends on, and the events that change it.
@NullMarked
package io.clusterzone.k8s.model;

import org.jspecify.annotations.NullMarked;
