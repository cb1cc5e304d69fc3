/// The part of a cluster that DNS depends on, and the events that change it.
///
/// Read [ClusterObject] first: the sealed set of objects, each cut to the fields that names are
/// made of. A [ClusterEvent] is one change of them; sources hand batches of events to a
/// [ClusterSink]. All are immutable values.
@NullMarked
package io.clusterzone.k8s.model;

import org.jspecify.annotations.NullMarked;
