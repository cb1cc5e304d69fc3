package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.MadeRanges;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.kept.KeptFile;
import io.clusterzone.k8s.made.AddressRange;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.text.LabelSelector;
import io.clusterzone.k8s.text.ServerUrl;
import java.time.Duration;
import java.util.List;

/// The options of `kubernetes`.
final class KubernetesOptionTable {
  private static final String REMOVED =
      "CoreDNS does not have this option any more; remove the line";
  private static final Numbers NODES = new Numbers(1, MadeOptions.MAX_NODES, "a number of nodes");
  private static final Numbers SECONDS =
      new Numbers(0, Kubernetes.MAX_TTL_SECONDS, "a number of seconds");
  private static final Numbers REQUESTS = new Numbers(0, 1_000_000, "a number of requests");

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
          Option.<KubernetesOptions>number(
                  "nodes",
                  NODES,
                  MadeOptions.DEFAULT_NODES,
                  "the nodes of the cluster: how many Pods are made of a DaemonSet; not in CoreDNS",
                  (options, nodes) -> options.made = options.made.withNodes(nodes))
              .and("; with `manifests`"),
          Option.word(
              "pods MODE",
              List.of(Kubernetes.Pods.values()),
              "disabled",
              "answers `A-B-C-D.NAMESPACE.pod.ZONE`: never, for every address, for the addresses of"
                  + " Pods",
              (options, mode) -> options.pods = mode),
          Option.ttl(
              SECONDS,
              Kubernetes.DEFAULT_TTL_SECONDS,
              (options, seconds) -> options.ttlSeconds = seconds),
          Option.fallthrough(
              "leaves a name that does not exist to the directives that come after this one",
              (options, zones) -> options.fallthrough = zones),
          Option.flag(
              "endpoint_pod_names",
              "calls an endpoint without a host name after its Pod, not after its address",
              (options, is) -> options.endpointPodNames = is),
          Option.one(
              new Row(
                  "ignore empty_service",
                  "off",
                  "`empty_service`",
                  "NXDOMAIN for a Service without a ready endpoint"),
              "empty_service",
              (arguments, options) -> {
                arguments.keyword(0, List.of("empty_service"));
                options.ignoreEmptyService = true;
              }),
          Option.<KubernetesOptions>flag(
                  "noendpoints",
                  "does not read endpoints: headless Services and endpoint names are NXDOMAIN",
                  (options, is) -> options.noEndpoints = is)
              .and("not with `zonal`"),
          Option.<KubernetesOptions>flag(
                  "zonal",
                  "answers `TOPOLOGY-ZONE.pin._zone.SERVICE...` and"
                      + " `TOPOLOGY-ZONE.prefer._zone.SERVICE...`",
                  (options, is) -> options.zonal = is)
              .and("not with `noendpoints`"),
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
          Option.<KubernetesOptions, Kubernetes.Endpoints>word(
                  "endpoints MODE",
                  List.of(Kubernetes.Endpoints.values()),
                  "`all`",
                  "which endpoints are watched: all, or those that are needed: with `auto` only"
                      + " headless Services have endpoint names and reverse names of endpoints; not"
                      + " in CoreDNS",
                  (options, mode) -> options.endpoints = mode)
              .and("; `auto` not with `noendpoints`"),
          Option.kept(
              "snapshot",
              KeptFile.Form.SNAPSHOT,
              "keeps the last known cluster there, and answers from it when the server starts"
                  + " while the API server is away; one of another API server or taken with other"
                  + " options is ignored; not in CoreDNS",
              (options, path) -> options.snapshot = path),
          Option.<KubernetesOptions>duration(
                  "startup_timeout",
                  Durations.upTo(Duration.ofHours(24)),
                  Kubernetes.DEFAULT_STARTUP_TIMEOUT,
                  "how long the start waits for the first sight of the cluster",
                  (options, timeout) -> options.startupTimeout = timeout)
              .and("; 0: not at all"),
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
          Option.one(
              new Row(
                  "apiserver_qps NUMBER",
                  "no limit of its own",
                  "requests a second; 0: no limit of its own",
                  "requests to the API server, in the long run"),
              "one number",
              (arguments, options) ->
                  options.queriesPerSecond = arguments.notNegative(0, "requests a second")),
          Option.<KubernetesOptions>number(
                  "apiserver_burst",
                  REQUESTS,
                  "no limit of its own",
                  "requests to the API server at once, above `apiserver_qps`",
                  (options, burst) -> options.burst = burst)
              .and(" requests; 0: no limit of its own"),
          Option.<KubernetesOptions>number(
                  "apiserver_max_inflight",
                  REQUESTS,
                  "no limit",
                  "requests to the API server under way at once",
                  (options, most) -> options.maxInflight = most)
              .and(" requests; 0: no limit"),
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
    try {
      var _ = ServerUrl.server(arguments.text(0));
    } catch (IllegalArgumentException e) {
      arguments.problem(arguments.word(0), String.valueOf(e.getMessage()));
    }
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
}
