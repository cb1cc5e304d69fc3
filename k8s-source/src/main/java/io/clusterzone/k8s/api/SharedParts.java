package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import java.util.List;

/// Makes the next version of an object share all equal parts with the one before: maps go on
/// holding the key that they first had, and an object that changes a thousand times takes no more
/// memory than one that never did.
final class SharedParts {
  private SharedParts() {}

  /// The object that is equal to `after`, an object of the same kind and key as `before`.
  static ClusterObject share(ClusterObject before, ClusterObject after) {
    return switch (after) {
      case EndpointSlice now when before instanceof EndpointSlice old ->
          new EndpointSlice(
              old.key(),
              share(old.service(), now.service()),
              share(old.importedService(), now.importedService()),
              share(old.cluster(), now.cluster()),
              now.endpoints(),
              ports(old.ports(), now.ports()));
      case Service now when before instanceof Service old ->
          new Service(
              old.key(),
              now.type(),
              now.clusterIps(),
              ports(old.ports(), now.ports()),
              share(old.externalName(), now.externalName()));
      case ServiceImport now when before instanceof ServiceImport old ->
          new ServiceImport(
              old.key(),
              now.headless(),
              now.slicesAbsent(),
              now.addresses(),
              ports(old.ports(), now.ports()));
      case Pod now when before instanceof Pod old -> new Pod(old.key(), now.addresses());
      case EndpointSlice _, Service _, ServiceImport _, Pod _, Namespace _ -> after;
    };
  }

  private static String share(String before, String after) {
    return before.equals(after) ? before : after;
  }

  private static List<Port> ports(List<Port> before, List<Port> after) {
    return before.equals(after) ? before : after;
  }
}
