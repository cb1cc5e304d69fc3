/// The name schema: from the model to owner names and RRsets.
///
/// Read [ZoneWriter] first: its thread takes events from an [EventQueue] and is the only one that
/// changes zones. [ZonePublisher] turns a batch into published zones: [ClusterState] finds the
/// touched [Subject]s, [ServiceSchema] works out the records of a Service, [PointerIndex] those of
/// an address. [SchemaOptions] are an operator's choices.
@NullMarked
package io.clusterzone.k8s.records;

import org.jspecify.annotations.NullMarked;
