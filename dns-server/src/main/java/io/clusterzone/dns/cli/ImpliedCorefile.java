package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.LoadBalance;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.read.KubernetesOptions;
import io.clusterzone.dns.server.Existing;
import io.clusterzone.dns.server.ListenAddress;
import io.clusterzone.dns.server.Unservable;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The Corefile that `--manifests` or `--kubeconfig` and their companions stand for: one server
/// block per listener, all of them with the same `errors`, `loadbalance` and `kubernetes` with
/// `manifests PATH...` or `kubeconfig FILE CONTEXT`.
public final class ImpliedCorefile {
  static final Name CLUSTER_ZONE = Name.parse("cluster.local");

  private ImpliedCorefile() {}

  /// A Corefile that serves manifests at some addresses.
  ///
  /// @throws Unservable if a path leads nowhere
  /// @throws CommandFailure if the zones make no sense
  public static Corefile ofManifests(
      List<Path> manifests, MadeOptions made, List<String> zones, List<ListenAddress> listeners) {
    return of(
        KubernetesOptions.ofManifests(
            zones(zones), manifests.stream().map(Existing::path).toList(), made),
        listeners);
  }

  /// `context` is empty for the file's current one.
  ///
  /// @throws Unservable if the file is not there
  /// @throws CommandFailure if the zones make no sense
  static Corefile ofKubeconfig(
      Path kubeconfig, String context, List<String> zones, List<ListenAddress> listeners) {
    return of(
        KubernetesOptions.ofKubeconfig(zones(zones), Existing.path(kubeconfig), context),
        listeners);
  }

  private static Corefile of(Kubernetes kubernetes, List<ListenAddress> listeners) {
    return new Corefile(listeners.stream().map(listener -> block(listener, kubernetes)).toList());
  }

  /// The zones that were named, or `cluster.local`; the reverse zones come along unless one of
  /// theirs was named.
  private static List<Name> zones(List<String> named) {
    List<Name> zones = new ArrayList<>();
    for (String name : named) {
      zones.add(zone(name));
    }
    if (zones.isEmpty()) {
      zones.add(CLUSTER_ZONE);
    }
    if (zones.stream().allMatch(ReverseName::isReverse)) {
      throw CommandFailure.usage("--zone needs at least one zone that is not a reverse zone");
    }
    if (zones.stream().noneMatch(ReverseName::isReverse)) {
      zones.addAll(ReverseName.TREES);
    }
    return zones.stream().distinct().toList();
  }

  /// @throws CommandFailure if the text is not a domain name
  static Name zone(String name) {
    try {
      return Name.parse(name).folded();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--zone takes a domain name, not " + name + ": " + e.getMessage());
    }
  }

  private static ServerBlock block(ListenAddress listener, Kubernetes kubernetes) {
    List<Directive> directives =
        new ArrayList<>(List.of(Errors.DEFAULT, LoadBalance.DEFAULT, kubernetes));
    if (!listener.addresses().isEmpty()) {
      directives.add(new Bind(listener.addresses()));
    }
    List<BlockKey> keys =
        kubernetes.zones().stream().map(zone -> new BlockKey(zone, listener.port())).toList();
    return new ServerBlock(keys, directives);
  }
}
