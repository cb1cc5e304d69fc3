package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.text.MadeRanges;
import io.clusterzone.k8s.made.AddressRange;
import io.clusterzone.k8s.made.MadeOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags for parts of a cluster made up beside manifests.
public final class MadeFlags {
  @Option(
      names = "--service-cidr",
      paramLabel = "CIDR[,CIDR]",
      description = {
        "With --manifests: where Services without a cluster IP get one, as the API server would"
            + " give it;",
        "none: nowhere. Default: 10.96.0.0/16,fd00:10:96::/112"
      })
  @Nullable String serviceCidr;

  @Option(
      names = "--pod-cidr",
      paramLabel = "CIDR[,CIDR]",
      description = {
        "With --manifests: where the Pods of Deployments, StatefulSets and their kind get"
            + " addresses, and",
        "Pods without one; none: no Pods are made. Default: 10.244.0.0/16,fd00:10:244::/112"
      })
  @Nullable String podCidr;

  @Option(
      names = "--nodes",
      paramLabel = "NUMBER",
      description = "With --manifests: how many Pods are made of a DaemonSet. Default: 1")
  @Nullable Integer nodes;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description =
          "With --manifests: the namespace of objects that name none. Default: ${DEFAULT-VALUE}.")
  String namespace = MadeOptions.DEFAULT_NAMESPACE;

  @Option(
      names = "--render",
      description = {
        "With manifests: let kubectl kustomize and helm template, where they are installed, render"
            + " the",
        "directories that are kustomizations and charts. Once, at the start: a change is taken with"
            + " the next."
      })
  boolean render;

  /// Becomes the same as others.
  void take(MadeFlags others) {
    serviceCidr = others.serviceCidr;
    podCidr = others.podCidr;
    nodes = others.nodes;
    namespace = others.namespace;
    render = others.render;
  }

  boolean isGiven() {
    return serviceCidr != null
        || podCidr != null
        || nodes != null
        || render
        || !namespace.equals(MadeOptions.DEFAULT_NAMESPACE);
  }

  /// The flags' options, or those for manifests served by hand.
  ///
  /// @throws CommandFailure if a range is none
  public MadeOptions options() {
    var options =
        new MadeOptions(
            ranges("--service-cidr", serviceCidr, MadeOptions.SERVICE_RANGES),
            ranges("--pod-cidr", podCidr, MadeOptions.POD_RANGES),
            nodes(),
            serviceCidr != null,
            namespace,
            render);
    if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw CommandFailure.usage(
          "--namespace takes a DNS label of a-z, 0-9 and '-', not " + namespace);
    }
    String fault = MadeRanges.fault(options);
    if (!fault.isEmpty()) {
      throw CommandFailure.usage(fault);
    }
    return options;
  }

  private int nodes() {
    int number = nodes == null ? MadeOptions.DEFAULT_NODES : nodes;
    if (number < 1 || number > MadeOptions.MAX_NODES) {
      throw CommandFailure.usage(
          "--nodes takes a number from 1 to %d, not %d".formatted(MadeOptions.MAX_NODES, number));
    }
    return number;
  }

  private static List<AddressRange> ranges(
      String flag, @Nullable String text, List<AddressRange> otherwise) {
    try {
      return text == null ? otherwise : MadeRanges.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "%s takes a range such as %s, or none, not %s: %s"
              .formatted(flag, otherwise.getFirst(), text, e.getMessage()));
    }
  }
}
