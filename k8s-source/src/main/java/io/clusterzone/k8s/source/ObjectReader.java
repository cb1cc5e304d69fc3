package io.clusterzone.k8s.source;

import io.clusterzone.k8s.source.Manifest.Identity;
import io.clusterzone.k8s.source.Manifest.Kind;
import io.clusterzone.k8s.source.YamlNode.Mapping;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns one object of a file into a [Manifest]. Used by one thread for one file.
final class ObjectReader {
  private static final String CORE = "v1";
  private static final String DISCOVERY = "discovery.k8s.io/";
  private static final String MULTICLUSTER = "multicluster.x-k8s.io/";

  private static final Map<String, Kind> KINDS =
      Map.of(
          "Namespace", Kind.NAMESPACE,
          "Node", Kind.NODE,
          "Service", Kind.SERVICE,
          "EndpointSlice", Kind.ENDPOINT_SLICE,
          "Endpoints", Kind.ENDPOINTS,
          "Pod", Kind.POD,
          "ServiceImport", Kind.SERVICE_IMPORT);

  /// What became of an object.
  sealed interface Result {
    /// It stands; `remarks` is what was left out of it.
    record Valid(Manifest manifest, List<Problem> remarks) implements Result {}

    /// `id` is null where not even the name is sure.
    record Invalid(@Nullable Identity id, List<Problem> problems) implements Result {}

    /// Not a kind that DNS depends on; its namespace, if it names one, exists all the same.
    record PassedOver(String namespace) implements Result {}
  }

  private final FieldReader fields;
  private final ServiceReader services;
  private final EndpointReader endpoints;
  private final PodReader pods;
  private final ManifestOptions options;

  ObjectReader(FieldReader fields, ManifestOptions options) {
    this.fields = fields;
    this.options = options;
    var ports = new PortReader(fields);
    services = new ServiceReader(fields, ports, options);
    endpoints = new EndpointReader(fields, ports, options.labels());
    pods = new PodReader(fields, ports, options.labels());
  }

  /// Reads an object of which kind and version are known, from its own fields or its list's.
  Result read(Mapping object, String apiVersion, String kindName) {
    @Nullable Kind kind = KINDS.get(kindName);
    if (kind == null || !isOfItsGroup(kind, apiVersion)) {
      return passedOver(object);
    }
    if (kind == Kind.ENDPOINT_SLICE && !apiVersion.equals(DISCOVERY + "v1")) {
      fields.problem(
          object,
          "apiVersion %s is no longer served; use discovery.k8s.io/v1".formatted(apiVersion));
      return new Result.Invalid(null, fields.takeProblems());
    }
    Metadata metadata = Metadata.read(object, kind, fields);
    Manifest manifest = read(object, kind, metadata);
    List<Problem> problems = fields.takeProblems();
    List<Problem> remarks = fields.takeRemarks();
    if (problems.isEmpty()) {
      return new Result.Valid(manifest, remarks);
    }
    problems.addAll(remarks);
    return new Result.Invalid(
        metadata.sure() ? new Identity(kind, metadata.key()) : null, problems);
  }

  private static boolean isOfItsGroup(Kind kind, String apiVersion) {
    return switch (kind) {
      case NAMESPACE, NODE, SERVICE, ENDPOINTS, POD -> apiVersion.equals(CORE);
      case ENDPOINT_SLICE -> apiVersion.startsWith(DISCOVERY);
      case SERVICE_IMPORT -> apiVersion.startsWith(MULTICLUSTER);
    };
  }

  private Result passedOver(Mapping object) {
    boolean named =
        object.fields().get("metadata") instanceof Mapping metadata
            && metadata.fields().get("namespace") instanceof YamlNode.Scalar namespace
            && !PlainScalar.isNull(namespace)
            && ApiNames.labelFault(namespace.text()).isEmpty();
    String namespace = named ? fields.text(fields.mapping(object, "metadata"), "namespace") : "";
    // What is wrong with it is not for us to say.
    fields.takeProblems();
    return new Result.PassedOver(namespace);
  }

  private Manifest read(Mapping object, Kind kind, Metadata metadata) {
    return switch (kind) {
      case NAMESPACE -> namespace(metadata);
      case NODE -> node(metadata);
      case SERVICE -> services.service(object, metadata);
      case ENDPOINT_SLICE -> endpoints.slice(object, metadata);
      case ENDPOINTS -> endpoints.endpoints(object, metadata);
      case POD -> pods.pod(object, metadata);
      case SERVICE_IMPORT -> services.serviceImport(object, metadata);
    };
  }

  private Manifest namespace(Metadata metadata) {
    String name = metadata.key().name();
    boolean selected =
        options.namespaceLabels().matches(NamespaceLabels.of(name, metadata.labels()));
    return new Manifest.NamespaceManifest(metadata.key(), metadata.origin(), selected);
  }

  private static Manifest node(Metadata metadata) {
    String zone = metadata.labels().getOrDefault("topology.kubernetes.io/zone", "");
    return new Manifest.NodeManifest(metadata.key(), metadata.origin(), zone);
  }
}
