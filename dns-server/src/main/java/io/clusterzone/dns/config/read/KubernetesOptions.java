package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.text.LabelSelector;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options of a `kubernetes` block so far; the initial values are the defaults.
public final class KubernetesOptions {
  final List<Path> manifests = new ArrayList<>();

  /// None unless addresses are to be made up.
  MadeOptions made = MadeOptions.NONE;

  Kubernetes.Pods pods = Kubernetes.Pods.DISABLED;
  int ttlSeconds = Kubernetes.DEFAULT_TTL_SECONDS;
  List<Name> fallthrough = List.of();
  boolean endpointPodNames;
  boolean ignoreEmptyService;
  boolean noEndpoints;
  boolean zonal;
  List<Name> multicluster = List.of();
  final List<String> namespaces = new ArrayList<>();
  LabelSelector namespaceLabels = LabelSelector.EVERYTHING;
  LabelSelector labels = LabelSelector.EVERYTHING;
  Kubernetes.Endpoints endpoints = Kubernetes.Endpoints.ALL;
  @Nullable Path snapshot;
  Duration startupTimeout = Kubernetes.DEFAULT_STARTUP_TIMEOUT;
  String endpoint = "";

  /// The words that name files to reach the API server with.
  final List<Token> files = new ArrayList<>();

  String certificate = "";
  String key = "";
  String certificateAuthority = "";
  String kubeconfig = "";
  String context = "";
  double queriesPerSecond;
  int burst;
  int maxInflight;

  KubernetesOptions() {}

  /// The directive `kubernetes` with these zones, manifests and parts made up beside them, and all
  /// else by default.
  public static Kubernetes ofManifests(List<Name> zones, List<Path> manifests, MadeOptions made) {
    var options = new KubernetesOptions();
    options.manifests.addAll(manifests);
    options.made = made;
    return options.build(zones);
  }

  /// The directive `kubernetes` with these zones and this kubeconfig, and nothing else said. An
  /// empty context is the file's current one.
  public static Kubernetes ofKubeconfig(List<Name> zones, Path kubeconfig, String context) {
    var options = new KubernetesOptions();
    options.kubeconfig = kubeconfig.toString();
    options.context = context;
    return options.build(zones);
  }

  Kubernetes build(List<Name> zones) {
    return new Kubernetes(
        zones,
        manifests,
        made,
        pods,
        ttlSeconds,
        fallthrough,
        endpointPodNames,
        ignoreEmptyService,
        noEndpoints,
        zonal,
        multicluster,
        namespaces,
        namespaceLabels,
        labels,
        endpoints,
        snapshot,
        startupTimeout,
        new Kubernetes.ApiServer(
            endpoint,
            certificate,
            key,
            certificateAuthority,
            kubeconfig,
            context,
            queriesPerSecond,
            burst,
            maxInflight));
  }
}
