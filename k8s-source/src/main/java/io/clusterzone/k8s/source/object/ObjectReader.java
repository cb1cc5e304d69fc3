package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.made.Workload;
import io.clusterzone.k8s.problem.Nearest;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.object.Manifest.Identity;
import io.clusterzone.k8s.source.object.Manifest.Kind;
import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.PlainScalar;
import io.clusterzone.k8s.source.yaml.YamlNode;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.text.ApiNames;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns one object of a file into a [Manifest]. Used by one thread for one file.
final class ObjectReader {
  private static final String CORE = "v1";
  private static final String DISCOVERY = "discovery.k8s.io/";
  private static final String MULTICLUSTER = "multicluster.x-k8s.io/";

  private static final String APPS = "apps/";
  private static final String EXTENSIONS = "extensions/";
  private static final String AUTOSCALING = "autoscaling/";

  private static final Map<String, Kind> KINDS =
      kinds(EnumSet.range(Kind.NAMESPACE, Kind.SERVICE_IMPORT));

  /// The kinds that Pods are made of.
  private static final Map<String, Kind> WORKLOADS =
      kinds(EnumSet.range(Kind.DEPLOYMENT, Kind.AUTOSCALER));

  private static final Map<String, Kind> ALL_KINDS = kinds(EnumSet.allOf(Kind.class));

  private static Map<String, Kind> kinds(Set<Kind> kinds) {
    return kinds.stream().collect(Collectors.toUnmodifiableMap(Kind::toString, kind -> kind));
  }

  /// The result of reading an object.
  sealed interface Result {
    /// It stands; `remarks` are what was left out of it, and warnings.
    record Valid(Manifest manifest, List<Problem> remarks) implements Result {}

    /// `id` is null where not even the name is sure.
    record Invalid(@Nullable Identity id, List<Problem> problems) implements Result {}

    /// Not a kind that DNS depends on; its namespace, if it names one, exists all the same.
    record PassedOver(String namespace, List<Problem> warnings) implements Result {}
  }

  private final FieldReader fields;
  private final ServiceReader services;
  private final EndpointReader endpoints;
  private final PodReader pods;
  private final WorkloadReader workloads;
  private final UnknownFields unknown;
  private final ManifestOptions options;

  ObjectReader(FieldReader fields, ManifestOptions options) {
    this.fields = fields;
    this.options = options;
    unknown = new UnknownFields(fields);
    var ports = new PortReader(fields);
    services = new ServiceReader(fields, ports, options);
    endpoints = new EndpointReader(fields, ports, options.labels());
    pods = new PodReader(fields, ports, options);
    workloads = new WorkloadReader(fields, pods);
  }

  /// Reads an object of which kind and version are known, from its own fields or its list's.
  Result read(Mapping object, String apiVersion, String kindName) {
    @Nullable Kind kind = KINDS.get(kindName);
    if (kind == null && options.made().makesPods()) {
      kind = WORKLOADS.get(kindName);
    }
    if (kind == null || !isOfItsGroup(kind, apiVersion)) {
      return passedOver(object, apiVersion, kindName);
    }
    String served = servedVersion(kind);
    if (!served.isEmpty() && !apiVersion.equals(served)) {
      fields.problem(
          ProblemKind.OLD_VERSION,
          object,
          "apiVersion %s is no longer served; use %s".formatted(apiVersion, served));
      return new Result.Invalid(null, fields.takeProblems());
    }
    Metadata metadata = Metadata.read(object, kind, options.made().namespace(), fields);
    Manifest manifest = read(object, kind, metadata);
    List<Problem> problems = fields.takeProblems();
    unknown.check(object, kindName);
    List<Problem> remarks = fields.takeRemarks();
    if (problems.isEmpty()) {
      return new Result.Valid(manifest, remarks);
    }
    problems.addAll(remarks);
    return new Result.Invalid(
        metadata.sure() ? new Identity(kind, metadata.key()) : null, problems);
  }

  /// Whether a document looks like an object, even a broken one. The values of a chart, a dashboard
  /// or another program's configuration do not.
  static boolean isObject(YamlNode document) {
    if (!(document instanceof Mapping mapping)) {
      return false;
    }
    @Nullable YamlNode kind = mapping.fields().get("kind");
    return mapping.fields().get("metadata") instanceof Mapping
        || (kind != null && mapping.fields().containsKey("apiVersion"))
        || (kind instanceof YamlNode.Scalar word && KINDS.containsKey(word.text()));
  }

  private static boolean isOfItsGroup(Kind kind, String apiVersion) {
    return switch (kind) {
      case NAMESPACE, NODE, SERVICE, ENDPOINTS, POD, REPLICATION_CONTROLLER ->
          apiVersion.equals(CORE);
      case ENDPOINT_SLICE -> apiVersion.startsWith(DISCOVERY);
      case SERVICE_IMPORT -> apiVersion.startsWith(MULTICLUSTER);
      case DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET ->
          apiVersion.startsWith(APPS) || apiVersion.startsWith(EXTENSIONS);
      case AUTOSCALER -> apiVersion.startsWith(AUTOSCALING);
    };
  }

  /// The one version that a kind is served in; empty where its fields are the same in all.
  private static String servedVersion(Kind kind) {
    return switch (kind) {
      case ENDPOINT_SLICE -> DISCOVERY + "v1";
      case DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET -> APPS + "v1";
      case NAMESPACE,
          NODE,
          SERVICE,
          ENDPOINTS,
          POD,
          SERVICE_IMPORT,
          REPLICATION_CONTROLLER,
          AUTOSCALER ->
          "";
    };
  }

  private Result passedOver(Mapping object, String apiVersion, String kindName) {
    boolean named =
        object.fields().get("metadata") instanceof Mapping metadata
            && metadata.fields().get("namespace") instanceof YamlNode.Scalar namespace
            && !PlainScalar.isNull(namespace)
            && ApiNames.labelFault(namespace.text()).isEmpty();
    String namespace = named ? fields.text(fields.mapping(object, "metadata"), "namespace") : "";
    // Its faults are not for us to report.
    fields.takeProblems();
    warnOfKind(object, apiVersion, kindName);
    return new Result.PassedOver(namespace, fields.takeRemarks());
  }

  /// Warns of a kind that its group does not have, and that is nearly one that is read.
  private void warnOfKind(Mapping object, String apiVersion, String kindName) {
    String near =
        ALL_KINDS.containsKey(kindName) ? "" : Nearest.of(kindName, ALL_KINDS.keySet(), 1);
    @Nullable Kind meant = ALL_KINDS.get(near);
    if (meant != null && isOfItsGroup(meant, apiVersion)) {
      fields.warning(
          ProblemKind.UNKNOWN_KIND,
          object.fields().getOrDefault("kind", object),
          "",
          "kind: there is no %s in %s; did you mean %s? It is passed over"
              .formatted(FieldReader.shorten(kindName), apiVersion, near));
    }
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
      case DEPLOYMENT -> workloads.workload(object, Workload.Kind.DEPLOYMENT, metadata);
      case REPLICA_SET -> workloads.workload(object, Workload.Kind.REPLICA_SET, metadata);
      case REPLICATION_CONTROLLER ->
          workloads.workload(object, Workload.Kind.REPLICATION_CONTROLLER, metadata);
      case STATEFUL_SET -> workloads.workload(object, Workload.Kind.STATEFUL_SET, metadata);
      case DAEMON_SET -> workloads.workload(object, Workload.Kind.DAEMON_SET, metadata);
      case AUTOSCALER -> workloads.autoscaler(object, metadata);
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
