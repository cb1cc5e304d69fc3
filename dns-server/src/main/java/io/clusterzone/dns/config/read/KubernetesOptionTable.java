package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.GoDuration;
import io.clusterzone.dns.config.text.MadeRanges;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.kept.KeptFile;
import io.clusterzone.k8s.made.AddressRange;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.text.LabelSelector;
import io.clusterzone.k8s.text.ServerUrl;
import io.clusterzone.zones.name.Name;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The options of `kubernetes`.
final class KubernetesOptionTable {
  private static final String REMOVED =
      "CoreDNS does not have this option any more; remove the line";
  private static final List<String> PODS = List.of("disabled", "insecure", "verified");
  private static final List<String> ENDPOINTS = List.of("all", "auto");
  private static final Duration MAX_STARTUP = Duration.ofHours(24);
  private static final int MAX_LIMIT = 1_000_000;

  static final List<Option<KubernetesOptions>> OPTIONS =
      List.of(
          new Option<>(
              new Row(
                  "manifests PATH...",
                  "none: the live cluster",
                  "files and directories",
                  "reads the cluster from manifests (YAML or JSON) and watches them; not in"
                      + " CoreDNS"),
              KubernetesOptionTable::readManifests),
          new Option<>(
              new Row(
                  "service_cidr CIDR[,CIDR]",
                  "none",
                  "`none`, or a range of IPv4, IPv6 or both; with `manifests`",
                  "gives Services without a cluster IP one, as the API server would: the same"
                      + " for the same manifests; not in CoreDNS"),
              (arguments, options) -> options.made = options.made.withServices(ranges(arguments))),
          new Option<>(
              new Row(
                  "pod_cidr CIDR[,CIDR]",
                  "none",
                  "`none`, or a range of IPv4, IPv6 or both; with `manifests`",
                  "makes the Pods of Deployments, StatefulSets, DaemonSets, ReplicaSets and"
                      + " ReplicationControllers, and gives these and Pods without an address one;"
                      + " not in CoreDNS"),
              (arguments, options) -> options.made = options.made.withPods(ranges(arguments))),
          new Option<>(
              new Row(
                  "nodes NUMBER",
                  Integer.toString(MadeOptions.DEFAULT_NODES),
                  "1 to " + MadeOptions.MAX_NODES + "; with `manifests`",
                  "the nodes of the cluster: how many Pods are made of a DaemonSet; not in"
                      + " CoreDNS"),
              KubernetesOptionTable::readNodes),
          new Option<>(
              new Row(
                  "pods MODE",
                  "disabled",
                  "`disabled`, `insecure`, `verified`",
                  "answers `A-B-C-D.NAMESPACE.pod.ZONE`: never, for every address, for the"
                      + " addresses of Pods"),
              KubernetesOptionTable::readPods),
          new Option<>(
              new Row(
                  "ttl SECONDS",
                  Integer.toString(Kubernetes.DEFAULT_TTL_SECONDS),
                  "0 to " + Kubernetes.MAX_TTL_SECONDS + " seconds",
                  "the TTL of every record"),
              KubernetesOptionTable::readTtl),
          new Option<>(
              new Row(
                  "fallthrough [ZONES...]",
                  "off; without ZONES: all",
                  "names and prefixes",
                  "leaves a name that does not exist to the directives that come after this one"),
              (arguments, options) ->
                  options.fallthrough =
                      arguments.count() == 0 ? List.of(Name.ROOT) : arguments.zones()),
          new Option<>(
              new Row(
                  "endpoint_pod_names",
                  "off",
                  "",
                  "calls an endpoint without a host name after its Pod, not after its address"),
              (arguments, options) -> options.endpointPodNames = arguments.hasOnlyItsName()),
          new Option<>(
              new Row(
                  "ignore empty_service",
                  "off",
                  "`empty_service`",
                  "NXDOMAIN for a Service without a ready endpoint"),
              KubernetesOptionTable::readIgnore),
          new Option<>(
              new Row(
                  "noendpoints",
                  "off",
                  "not with `zonal`",
                  "does not read endpoints: headless Services and endpoint names are NXDOMAIN"),
              (arguments, options) -> options.noEndpoints = arguments.hasOnlyItsName()),
          new Option<>(
              new Row(
                  "zonal",
                  "off",
                  "not with `noendpoints`",
                  "answers `TOPOLOGY-ZONE.pin._zone.SERVICE...` and"
                      + " `TOPOLOGY-ZONE.prefer._zone.SERVICE...`"),
              (arguments, options) -> options.zonal = arguments.hasOnlyItsName()),
          new Option<>(
              new Row(
                  "multicluster [ZONES...]",
                  "none",
                  "zones of this directive",
                  "zones that hold the Services of a cluster set, such as `clusterset.local`"),
              (arguments, options) -> options.multicluster = arguments.zones()),
          new Option<>(
              new Row(
                  "namespaces NAMESPACE...",
                  "all",
                  "not with `namespace_labels`",
                  "answers for these namespaces only; several lines add up"),
              KubernetesOptionTable::readNamespaces),
          new Option<>(
              new Row(
                  "namespace_labels SELECTOR",
                  "all",
                  "a label selector; not with `namespaces`",
                  "answers for the namespaces with these labels only"),
              (arguments, options) -> options.namespaceLabels = selector(arguments)),
          new Option<>(
              new Row(
                  "labels SELECTOR",
                  "all",
                  "a label selector",
                  "reads the Services, EndpointSlices and Pods with these labels only"),
              (arguments, options) -> options.labels = selector(arguments)),
          new Option<>(
              new Row(
                  "endpoints MODE",
                  "`all`",
                  "`all`, `auto`; `auto` not with `noendpoints`",
                  "which endpoints are watched: all, or those that are needed: with `auto` only"
                      + " headless Services have endpoint names and reverse names of endpoints; not"
                      + " in CoreDNS"),
              KubernetesOptionTable::readEndpoints),
          new Option<>(
              new Row(
                  "snapshot PATH",
                  "none",
                  "a file in a directory that can be written to; absent or written by clusterzone",
                  "keeps the last known cluster there, and answers from it when the server starts"
                      + " while the API server is away; one of another API server or taken with"
                      + " other options is ignored; not in CoreDNS"),
              (arguments, options) -> {
                if (arguments.has(1, 1, "one file")) {
                  options.snapshot = arguments.keptPath(arguments.word(0), KeptFile.Form.SNAPSHOT);
                }
              }),
          new Option<>(
              new Row(
                  "startup_timeout DURATION",
                  GoDuration.format(Kubernetes.DEFAULT_STARTUP_TIMEOUT),
                  "0 to " + GoDuration.format(MAX_STARTUP) + "; 0: not at all",
                  "how long the start waits for the first sight of the cluster"),
              (arguments, options) -> {
                if (arguments.has(1, 1, "one duration")) {
                  options.startupTimeout = arguments.duration(0, Duration.ZERO, MAX_STARTUP);
                }
              }),
          new Option<>(
              new Row(
                  "endpoint URL",
                  "the cluster the server runs in",
                  "a URL, `https://` where it has no scheme; `kubeconfig` goes before it",
                  "the API server"),
              KubernetesOptionTable::readApiServer),
          new Option<>(
              new Row(
                  "tls CERT KEY CACERT",
                  "none",
                  "three files",
                  "client certificate, client key and the authority of the API server"),
              KubernetesOptionTable::readTls),
          new Option<>(
              new Row(
                  "kubeconfig FILE [CONTEXT]",
                  "none; CONTEXT: the current one",
                  "a file",
                  "how to reach the API server"),
              KubernetesOptionTable::readKubeconfig),
          new Option<>(
              new Row(
                  "apiserver_qps NUMBER",
                  "no limit of its own",
                  "requests a second; 0: no limit of its own",
                  "requests to the API server, in the long run"),
              KubernetesOptionTable::readQps),
          new Option<>(
              new Row(
                  "apiserver_burst NUMBER",
                  "no limit of its own",
                  "0 to " + MAX_LIMIT + " requests; 0: no limit of its own",
                  "requests to the API server at once, above `apiserver_qps`"),
              (arguments, options) -> options.burst = limit(arguments)),
          new Option<>(
              new Row(
                  "apiserver_max_inflight NUMBER",
                  "no limit",
                  "0 to " + MAX_LIMIT + " requests; 0: no limit",
                  "requests to the API server under way at once"),
              (arguments, options) -> options.maxInflight = limit(arguments)),
          Option.refused("upstream", REMOVED),
          Option.refused("resyncperiod", REMOVED),
          Option.refused("federation", REMOVED),
          Option.refused(
              "transfer", "CoreDNS has the directive \"transfer\" instead; remove the line"));

  private KubernetesOptionTable() {}

  private static void readManifests(Arguments arguments, KubernetesOptions options) {
    arguments.hasSome("at least one file or directory");
    for (Token word : arguments.words()) {
      options.manifests.add(arguments.path(word));
      if (word.text().equals("-")) {
        arguments.problem(
            word, "\"-\" is the standard input on the command line alone; write ./- for a file");
      }
    }
  }

  private static void readNodes(Arguments arguments, KubernetesOptions options) {
    if (arguments.has(1, 1, "one number")) {
      options.made =
          options.made.withNodes(
              arguments.integer(0, 1, MadeOptions.MAX_NODES, "a number of nodes"));
    }
  }

  private static List<AddressRange> ranges(Arguments arguments) {
    if (arguments.hasSome("an address range such as 10.96.0.0/16")) {
      try {
        return MadeRanges.parse(String.join(",", arguments.texts()));
      } catch (IllegalArgumentException e) {
        arguments.problem(arguments.word(0), String.valueOf(e.getMessage()));
      }
    }
    return List.of();
  }

  private static void checkServer(Arguments arguments) {
    try {
      var _ = ServerUrl.server(arguments.text(0));
    } catch (IllegalArgumentException e) {
      arguments.problem(arguments.word(0), String.valueOf(e.getMessage()));
    }
  }

  private static void readPods(Arguments arguments, KubernetesOptions options) {
    if (arguments.has(1, 1, "one of " + String.join(", ", PODS))) {
      String mode = PODS.get(arguments.keyword(0, PODS));
      options.pods = Kubernetes.Pods.valueOf(mode.toUpperCase(Locale.ROOT));
    }
  }

  private static void readEndpoints(Arguments arguments, KubernetesOptions options) {
    if (arguments.has(1, 1, "one of " + String.join(", ", ENDPOINTS))) {
      String mode = ENDPOINTS.get(arguments.keyword(0, ENDPOINTS));
      options.endpoints = Kubernetes.Endpoints.valueOf(mode.toUpperCase(Locale.ROOT));
    }
  }

  private static void readTtl(Arguments arguments, KubernetesOptions options) {
    if (arguments.has(1, 1, "one number of seconds")) {
      options.ttlSeconds =
          arguments.integer(0, 0, Kubernetes.MAX_TTL_SECONDS, "a number of seconds");
    }
  }

  private static void readIgnore(Arguments arguments, KubernetesOptions options) {
    if (arguments.has(1, 1, "empty_service")) {
      arguments.keyword(0, List.of("empty_service"));
      options.ignoreEmptyService = true;
    }
  }

  private static void readNamespaces(Arguments arguments, KubernetesOptions options) {
    arguments.hasSome("at least one namespace");
    for (String namespace : arguments.texts()) {
      if (!options.namespaces.contains(namespace)) {
        options.namespaces.add(namespace);
      }
    }
  }

  /// Reads all words as one selector: `a in (b, c),d=e` is several.
  private static LabelSelector selector(Arguments arguments) {
    if (!arguments.hasSome("a label selector")) {
      return LabelSelector.EVERYTHING;
    }
    try {
      return LabelSelector.parse(String.join(" ", arguments.texts()));
    } catch (IllegalArgumentException e) {
      arguments.problem(arguments.word(0), String.valueOf(e.getMessage()));
      return LabelSelector.EVERYTHING;
    }
  }

  private static void readApiServer(Arguments arguments, KubernetesOptions options) {
    if (!arguments.hasSome("one URL")) {
      return;
    }
    options.endpoint = arguments.text(0);
    checkServer(arguments);
    if (arguments.count() > 1) {
      arguments.problem(
          ProblemKind.OVERRULED,
          arguments.word(1),
          "the first URL alone is used; remove the others");
    }
  }

  private static void readTls(Arguments arguments, KubernetesOptions options) {
    if (arguments.has(3, 3, "three files: certificate, key, authority")) {
      options.files.addAll(arguments.words());
      options.certificate = arguments.text(0);
      options.key = arguments.text(1);
      options.certificateAuthority = arguments.text(2);
    }
  }

  private static void readKubeconfig(Arguments arguments, KubernetesOptions options) {
    if (arguments.has(1, 2, "a file and maybe a context")) {
      options.files.add(arguments.word(0));
      options.kubeconfig = arguments.text(0);
      options.context = arguments.count() == 2 ? arguments.text(1) : "";
    }
  }

  private static void readQps(Arguments arguments, KubernetesOptions options) {
    if (arguments.has(1, 1, "one number")) {
      options.queriesPerSecond = arguments.notNegative(0, "requests a second");
    }
  }

  private static int limit(Arguments arguments) {
    return arguments.has(1, 1, "one number")
        ? arguments.integer(0, 0, MAX_LIMIT, "a number of requests")
        : 0;
  }
}
