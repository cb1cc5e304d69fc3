package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.MadeRanges;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.text.LabelSelector;
import io.clusterzone.zones.name.Name;
import java.util.List;

/// Reads `kubernetes`.
final class KubernetesParser {
  static final DirectiveSpec SPEC =
      DirectiveSpec.once(KubernetesManual.MANUAL, KubernetesParser::read);

  private KubernetesParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    List<Name> zones = arguments.count() == 0 ? context.zones() : arguments.zones();
    var options = new KubernetesOptions();
    Option.readAll(arguments, KubernetesOptionTable.OPTIONS, options);
    check(arguments, zones, options);
    if (options.manifests.isEmpty()) {
      new NamedFiles(arguments, context.files()).checkReadable(options.files);
    }
    return options.build(zones);
  }

  private static void check(Arguments arguments, List<Name> zones, KubernetesOptions options) {
    if (!zones.isEmpty()) {
      checkZones(arguments, zones, options.multicluster);
    }
    checkMade(arguments, options);
    exclusive(
        arguments,
        "namespaces",
        !options.namespaces.isEmpty(),
        "namespace_labels",
        !options.namespaceLabels.equals(LabelSelector.EVERYTHING));
    exclusive(arguments, "noendpoints", options.noEndpoints, "zonal", options.zonal);
    preferKubeconfig(arguments, options);
    exclusive(
        arguments,
        "noendpoints",
        options.noEndpoints,
        "endpoints auto",
        options.endpoints == Kubernetes.Endpoints.AUTO);
  }

  /// As CoreDNS does.
  private static void preferKubeconfig(Arguments arguments, KubernetesOptions options) {
    if (!options.endpoint.isEmpty() && !options.kubeconfig.isEmpty()) {
      options.endpoint = "";
      arguments.problem(
          ProblemKind.OVERRULED,
          "\"endpoint\" has no effect beside \"kubeconfig\"; remove one of the two");
    }
  }

  private static void checkMade(Arguments arguments, KubernetesOptions options) {
    if (!options.made.equals(MadeOptions.NONE) && options.manifests.isEmpty()) {
      arguments.problem(
          "service_cidr, pod_cidr and nodes make up what manifests leave to a cluster, and this"
              + " follows a live one; remove the lines, or name manifests with \"manifests PATH\"");
    }
    String fault = MadeRanges.fault(options.made);
    if (!fault.isEmpty()) {
      arguments.problem(fault);
    }
  }

  private static void checkZones(Arguments arguments, List<Name> zones, List<Name> multicluster) {
    if (zones.stream()
        .allMatch(zone -> ReverseName.isReverse(zone) || multicluster.contains(zone))) {
      arguments.problem(
          "its zones must contain at least one forward zone of the cluster itself, such as"
              + " cluster.local");
    }
    for (Name zone : multicluster) {
      if (!zones.contains(zone) || ReverseName.isReverse(zone)) {
        arguments.problem("multicluster zone " + zone + " must be one of its forward zones");
      }
    }
  }

  private static void exclusive(
      Arguments arguments, String first, boolean hasFirst, String second, boolean hasSecond) {
    if (hasFirst && hasSecond) {
      arguments.problem(
          ProblemKind.CONFLICT, "it may have \"" + first + "\" or \"" + second + "\", not both");
    }
  }
}
