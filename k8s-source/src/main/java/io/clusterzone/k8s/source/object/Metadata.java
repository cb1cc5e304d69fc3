package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.Origin;
import io.clusterzone.k8s.source.yaml.YamlNode;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.text.ApiNames;
import java.util.Map;
import java.util.function.UnaryOperator;

/// An object's metadata, as far as it is needed. `sure`: whether name and namespace are right.
record Metadata(
    ObjectKey key, boolean sure, Origin origin, Map<String, String> labels, Mapping fields) {
  /// Reads it, in `absent` where it names no namespace; a name or namespace that is wrong is noted
  /// and leaves the key without it.
  static Metadata read(Mapping object, Manifest.Kind kind, String absent, FieldReader fields) {
    int before = fields.problemCount();
    Mapping metadata = fields.mapping(object, "metadata");
    String name = fields.checked(metadata, "name", nameFault(kind));
    if (name.isEmpty() && fields.problemCount() == before) {
      fields.problem(
          ProblemKind.FIELD_MISSING,
          metadata,
          "metadata.name is missing; give the %s a name".formatted(kind));
    }
    String namespace = "";
    if (isNamespaced(kind)) {
      namespace = fields.checked(metadata, "namespace", ApiNames::labelFault);
      namespace = namespace.isEmpty() ? absent : namespace;
    }
    boolean sure = fields.problemCount() == before;
    Origin origin = fields.origin(metadata.fields().getOrDefault("name", (YamlNode) metadata));
    return new Metadata(
        new ObjectKey(namespace, name), sure, origin, fields.texts(metadata, "labels"), metadata);
  }

  private static boolean isNamespaced(Manifest.Kind kind) {
    return kind != Manifest.Kind.NAMESPACE && kind != Manifest.Kind.NODE;
  }

  private static UnaryOperator<String> nameFault(Manifest.Kind kind) {
    return switch (kind) {
      case SERVICE, SERVICE_IMPORT, NAMESPACE -> ApiNames::labelFault;
      case NODE,
          ENDPOINT_SLICE,
          ENDPOINTS,
          POD,
          DEPLOYMENT,
          REPLICA_SET,
          REPLICATION_CONTROLLER,
          STATEFUL_SET,
          DAEMON_SET,
          AUTOSCALER ->
          ApiNames::subdomainFault;
    };
  }
}
