package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;

/// A part of the name tree that is worked out on its own. An answer never reaches across Services,
/// so an event touches few of them.
sealed interface Subject {
  /// The kind of the object that the part stems from.
  Kind kind();

  /// The part's name in a log, together with its kind.
  ObjectKey key();

  /// The nodes of a namespace below `svc` and `pod`.
  record NamespaceNodes(String namespace) implements Subject {
    @Override
    public Kind kind() {
      return Kind.NAMESPACE;
    }

    @Override
    public ObjectKey key() {
      return new ObjectKey("", namespace);
    }
  }

  /// The names of a Service or, if `kind` says so, of a ServiceImport.
  record ServiceNames(Kind kind, ObjectKey key) implements Subject {}

  /// The name of a Pod's address in a namespace.
  record PodName(String namespace, IpAddress address) implements Subject {
    @Override
    public Kind kind() {
      return Kind.POD;
    }

    @Override
    public ObjectKey key() {
      return new ObjectKey(namespace, address.toString());
    }
  }
}
