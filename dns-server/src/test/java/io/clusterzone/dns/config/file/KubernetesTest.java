package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.Kubernetes.ApiServer;
import io.clusterzone.dns.config.Kubernetes.Endpoints;
import io.clusterzone.dns.config.Kubernetes.Pods;
import io.clusterzone.dns.config.read.KubernetesOptions;
import io.clusterzone.k8s.made.AddressRange;
import io.clusterzone.k8s.made.IpFamily;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.text.LabelSelector;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class KubernetesTest {
  static List<Arguments> options() {
    return List.of(
        row(
            "manifests a b/c\nmanifests d",
            Kubernetes::manifests,
            List.of(Path.of("m"), Path.of("a"), Path.of("b/c"), Path.of("d"))),
        row(
            "service_cidr 10.96.0.0/16",
            Kubernetes::made,
            MadeOptions.NONE.withServices(List.of(AddressRange.parse("10.96.0.0/16")))),
        row(
            "service_cidr fd00::/112,10.96.0.0/16",
            kubernetes -> kubernetes.made().serviceFamilies(),
            List.of(IpFamily.IPV6, IpFamily.IPV4)),
        row(
            "service_cidr 10.96.0.0/16 fd00::/112",
            kubernetes -> kubernetes.made().serviceFamilies(),
            List.of(IpFamily.IPV4, IpFamily.IPV6)),
        row(
            "pod_cidr 10.244.0.0/16\nnodes 3",
            Kubernetes::made,
            new MadeOptions(List.of(), List.of(AddressRange.parse("10.244.0.0/16")), 3, false)),
        row("service_cidr none", kubernetes -> kubernetes.made().serviceRanges(), List.of()),
        row("pods disabled", Kubernetes::pods, Pods.DISABLED),
        row("pods insecure", Kubernetes::pods, Pods.INSECURE),
        row("pods verified", Kubernetes::pods, Pods.VERIFIED),
        row("ttl 0", Kubernetes::ttlSeconds, 0),
        row("ttl 3600", Kubernetes::ttlSeconds, 3600),
        row("ttl 5\nttl 30", Kubernetes::ttlSeconds, 30),
        row("fallthrough", Kubernetes::fallthrough, names(".")),
        row(
            "fallthrough in-addr.arpa 10.0.0.0/8",
            Kubernetes::fallthrough,
            names("in-addr.arpa", "10.in-addr.arpa")),
        row("endpoint_pod_names", Kubernetes::endpointPodNames, true),
        row("ignore empty_service", Kubernetes::ignoreEmptyService, true),
        row("noendpoints", Kubernetes::noEndpoints, true),
        row("zonal", Kubernetes::zonal, true),
        row("multicluster clusterset.local", Kubernetes::multicluster, names("clusterset.local")),
        row("multicluster", Kubernetes::multicluster, names()),
        row("namespaces a b\nnamespaces b c", Kubernetes::namespaces, List.of("a", "b", "c")),
        row(
            "namespace_labels istio-injection=enabled",
            Kubernetes::namespaceLabels,
            LabelSelector.parse("istio-injection=enabled")),
        row(
            "labels environment in (staging, qa),application=nginx",
            Kubernetes::labels,
            LabelSelector.parse("environment in (staging, qa),application=nginx")),
        row("endpoints all", Kubernetes::endpoints, Endpoints.ALL),
        row("endpoints auto", Kubernetes::endpoints, Endpoints.AUTO),
        row("endpoints all\nnoendpoints", Kubernetes::endpoints, Endpoints.ALL),
        row("snapshot /var/lib/c/s", Kubernetes::snapshot, Path.of("/var/lib/c/s")),
        row("startup_timeout 1m30s", Kubernetes::startupTimeout, Duration.ofSeconds(90)),
        row("endpoint https://k8s:8443", api(ApiServer::endpoint), "https://k8s:8443"),
        row("tls cert key ca", api(ApiServer::certificate), "cert"),
        row("tls cert key ca", api(ApiServer::key), "key"),
        row("tls cert key ca", api(ApiServer::certificateAuthority), "ca"),
        row("kubeconfig file", api(ApiServer::kubeconfig), "file"),
        row("kubeconfig file context", api(ApiServer::context), "context"),
        row("apiserver_qps 2.5", api(ApiServer::queriesPerSecond), 2.5),
        row("apiserver_burst 20", api(ApiServer::burst), 20),
        row("startup_timeout 0", Kubernetes::startupTimeout, Duration.ZERO),
        row("apiserver_qps 0", api(ApiServer::queriesPerSecond), 0.0),
        row("apiserver_burst 0", api(ApiServer::burst), 0),
        row("apiserver_max_inflight 0", api(ApiServer::maxInflight), 0),
        row("apiserver_max_inflight 7", api(ApiServer::maxInflight), 7));
  }

  @ParameterizedTest
  @MethodSource("options")
  void readsOptions(String option, Function<Kubernetes, @Nullable Object> part, Object expected) {
    Kubernetes kubernetes =
        Corefiles.directive(
            "kubernetes cluster.local clusterset.local {\nmanifests m\n" + option + "\n}",
            Kubernetes.class);
    assertThat(part.apply(kubernetes)).isEqualTo(expected);
  }

  static List<Arguments> zones() {
    return List.of(
        Arguments.of(". {\nkubernetes Cluster.Local", names("cluster.local")),
        Arguments.of(
            ". {\nkubernetes cluster.local in-addr.arpa ip6.arpa",
            names("cluster.local", "in-addr.arpa", "ip6.arpa")),
        Arguments.of(
            ". {\nkubernetes 10.0.0.0/15 a.example b.example",
            names("0.10.in-addr.arpa", "1.10.in-addr.arpa", "a.example", "b.example")),
        Arguments.of(
            "10.0.0.0/16 cluster.local:54 {\nkubernetes",
            names("0.10.in-addr.arpa", "cluster.local")),
        Arguments.of(". {\nkubernetes a.example A.EXAMPLE.", names("a.example")),
        Arguments.of("a.example a.example:54 {\nkubernetes", names("a.example")));
  }

  @ParameterizedTest
  @MethodSource("zones")
  void takesItsZonesFromItsArgumentsOrTheKeys(String text, List<Name> expected) {
    Corefile corefile = Corefiles.valid(text + " {\nmanifests m\n}\n}\n");
    assertThat(corefile.blocks().getFirst().directives().getFirst())
        .isEqualTo(
            KubernetesOptions.ofManifests(expected, List.of(Path.of("m")), MadeOptions.NONE));
  }

  @Test
  void firstForwardZoneIsThePrimaryZone() {
    assertThat(
            Corefiles.directive(
                    "kubernetes 10.0.0.0/8 a.example b.example {\nmanifests m\n}", Kubernetes.class)
                .primaryZone())
        .isEqualTo(Name.parse("a.example"));
  }

  static List<Arguments> mistakes() {
    return List.of(
        mistake(
            "kubernetes in-addr.arpa 10.0.0.0/8 {\nmanifests m\n}",
            "2:1: kubernetes: its zones must contain at least one forward zone of the cluster"
                + " itself, such as cluster.local"),
        mistake(
            "kubernetes a..b {\nmanifests m\n}",
            "2:12: kubernetes: \"a..b\" is not a zone: a name with an empty label: \"a..b\""),
        mistake(
            "kubernetes {$NONE} {\nmanifests m\n}",
            "2:12: kubernetes: \"\" is not a zone: it is empty; is an environment variable not"
                + " set?"),
        mistake(
            "kubernetes 10.0.0.0/33 a {\nmanifests m\n}",
            "2:12: kubernetes: \"10.0.0.0/33\" is not a zone: a prefix length is 0 to 32: 33"),
        option("manifests", "4:1: kubernetes manifests: expected at least one file or directory"),
        option(
            "manifests \"\"",
            "4:11: kubernetes manifests: this path is empty; is an environment variable not set?"),
        option(
            "manifests a\0",
            "4:11: kubernetes manifests: this is no path: Nul character not allowed"),
        option(
            "service_cidr",
            "4:1: kubernetes service_cidr: expected an address range such as 10.96.0.0/16"),
        option(
            "service_cidr 10.96.0.0",
            "4:14: kubernetes service_cidr: expected an address range such as 10.96.0.0/16"),
        option(
            "service_cidr 10.96.0.0/16,10.97.0.0/16",
            "4:14: kubernetes service_cidr: one IPv4 and one IPv6 range, not two of a family"),
        mistake(
            "kubernetes a {\nservice_cidr 10.96.0.0/16\n}",
            "2:1: kubernetes: service_cidr, pod_cidr and nodes make up what manifests leave to a"
                + " cluster, and this follows a live one; remove the lines, or name manifests with"
                + " \"manifests PATH\""),
        option(
            "nodes 0",
            "4:7: kubernetes nodes: expected a number of nodes from 1 to 1000, not \"0\""),
        option("nodes", "4:1: kubernetes nodes: expected one number"),
        option(
            "service_cidr 10.0.0.0/8\npod_cidr 10.244.0.0/16",
            "2:1: kubernetes: the ranges 10.0.0.0/8 of Services and 10.244.0.0/16 of Pods overlap;"
                + " take others"),
        option("pods", "4:1: kubernetes pods: expected one of disabled, insecure, verified"),
        option(
            "pods secure",
            "4:6: kubernetes pods: expected disabled, insecure, verified, not \"secure\""),
        option(
            "pods insecure now",
            "4:15: kubernetes pods: expected one of disabled, insecure, verified, not \"now\""),
        option("ttl", "4:1: kubernetes ttl: expected one number of seconds"),
        option(
            "ttl -1",
            "4:5: kubernetes ttl: expected a number of seconds from 0 to 3600, not \"-1\""),
        option(
            "ttl 3601",
            "4:5: kubernetes ttl: expected a number of seconds from 0 to 3600, not \"3601\""),
        option(
            "ttl 30s",
            "4:5: kubernetes ttl: expected a number of seconds from 0 to 3600, not \"30s\""),
        option(
            "ttl 99999999999",
            "4:5: kubernetes ttl: expected a number of seconds from 0 to 3600, not"
                + " \"99999999999\""),
        option(
            "fallthrough a..b",
            "4:13: kubernetes fallthrough: \"a..b\" is not a zone: a name with an empty label:"
                + " \"a..b\""),
        option(
            "endpoint_pod_names on",
            "4:20: kubernetes endpoint_pod_names: expected nothing after it, not \"on\""),
        option("ignore", "4:1: kubernetes ignore: expected empty_service"),
        option(
            "ignore emptyservice",
            "4:8: kubernetes ignore: expected empty_service, not \"emptyservice\""),
        option(
            "noendpoints x", "4:13: kubernetes noendpoints: expected nothing after it, not \"x\""),
        option(
            "zonal\nnoendpoints",
            "2:1: kubernetes: it may have \"noendpoints\" or \"zonal\", not both"),
        option(
            "endpoints auto\nnoendpoints",
            "2:1: kubernetes: it may have \"noendpoints\" or \"endpoints auto\", not both"),
        option("endpoints", "4:1: kubernetes endpoints: expected one of all, auto"),
        option("endpoints some", "4:11: kubernetes endpoints: expected all, auto, not \"some\""),
        option("snapshot", "4:1: kubernetes snapshot: expected one file"),
        option(
            "snapshot \"\"",
            "4:10: kubernetes snapshot: this path is empty; is an environment variable not set?"),
        option(
            "snapshot /dev/null",
            "4:10: kubernetes snapshot: \"/dev/null\" is not written to: it is a device, FIFO or"
                + " socket; name a file that is not there yet"),
        option("namespaces", "4:1: kubernetes namespaces: expected at least one namespace"),
        option(
            "namespaces a\nnamespace_labels b",
            "2:1: kubernetes: it may have \"namespaces\" or \"namespace_labels\", not both"),
        option("labels", "4:1: kubernetes labels: expected a label selector"),
        option(
            "labels a in b",
            "4:8: kubernetes labels: label selector \"a in b\", character 5: expected '(' before"
                + " the values"),
        option(
            "multicluster other.local",
            "2:1: kubernetes: multicluster zone other.local. must be one of its forward zones"),
        option(
            "multicluster cluster.local",
            "2:1: kubernetes: its zones must contain at least one forward zone of the cluster"
                + " itself, such as cluster.local"),
        option(
            "startup_timeout 5",
            "4:17: kubernetes startup_timeout: expected a duration from 0s to 24h, not \"5\""),
        option("endpoint", "4:1: kubernetes endpoint: expected one URL"),
        option("tls a b", "4:1: kubernetes tls: expected three files: certificate, key, authority"),
        option("kubeconfig", "4:1: kubernetes kubeconfig: expected a file and maybe a context"),
        option(
            "apiserver_qps -1",
            "4:15: kubernetes apiserver_qps: expected requests a second, 0 or more, not \"-1\""),
        option(
            "apiserver_qps NaN",
            "4:15: kubernetes apiserver_qps: expected requests a second, 0 or more, not \"NaN\""),
        option(
            "apiserver_burst -1",
            "4:17: kubernetes apiserver_burst: expected a number of requests from 0 to 1000000, not"
                + " \"-1\""),
        option(
            "apiserver_max_inflight x",
            "4:24: kubernetes apiserver_max_inflight: expected a number of requests from 0 to"
                + " 1000000, not \"x\""),
        option(
            "upstream",
            "4:1: kubernetes upstream: CoreDNS does not have this option any more; remove the"
                + " line"),
        option(
            "transfer to *",
            "4:1: kubernetes transfer: CoreDNS has the directive \"transfer\" instead; remove the"
                + " line"),
        option(
            "namespace a",
            "4:1: kubernetes: unknown option \"namespace\"; did you mean \"namespaces\"?"),
        option(
            "ttl 5 {\n}",
            "4:1: kubernetes ttl: it has no block; remove the braces and what is between them"));
  }

  /// Both are as in CoreDNS.
  @Test
  void warnsOfWhatHasNoEffect() {
    String both = "kubernetes c.local {\nendpoint https://a\nkubeconfig file\n}";
    assertThat(Corefiles.warnings(". {\n" + both + "\n}"))
        .containsExactly(
            "Corefile:2:1: kubernetes: \"endpoint\" has no effect beside \"kubeconfig\"; remove one"
                + " of the two");
    assertThat(Corefiles.directive(both, Kubernetes.class).apiServer().endpoint()).isEmpty();

    String two = "kubernetes c.local {\nendpoint https://a https://b\n}";
    assertThat(Corefiles.warnings(". {\n" + two + "\n}"))
        .containsExactly(
            "Corefile:3:20: kubernetes endpoint: the first URL alone is used; remove the others");
    assertThat(Corefiles.directive(two, Kubernetes.class).apiServer().endpoint())
        .isEqualTo("https://a");
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsMistakes(String lines, String expected) {
    assertThat(Corefiles.problems(". {\n" + lines + "\n}\n")).isEqualTo("Corefile:" + expected);
  }

  @Test
  void reportsEveryMistakeOfABlockAtOnce() {
    assertThat(Corefiles.problems(". {\nkubernetes a..b {\npods x\nttl y\nbogus\n}\ncahce\n}\n"))
        .isEqualTo(
            """
            Corefile:2:12: kubernetes: "a..b" is not a zone: a name with an empty label: "a..b"
            Corefile:3:6: kubernetes pods: expected disabled, insecure, verified, not "x"
            Corefile:4:5: kubernetes ttl: expected a number of seconds from 0 to 3600, not "y"
            Corefile:5:1: kubernetes: unknown option "bogus"
            Corefile:7:1: unknown directive "cahce"; did you mean "cache"?\
            """);
  }

  private static Arguments mistake(String lines, String expected) {
    return Arguments.of(lines, expected);
  }

  private static Arguments option(String option, String expected) {
    return Arguments.of("kubernetes cluster.local {\nmanifests m\n" + option + "\n}", expected);
  }

  private static Arguments row(
      String option, Function<Kubernetes, @Nullable Object> part, Object expected) {
    return Arguments.of(option, part, expected);
  }

  private static Function<Kubernetes, @Nullable Object> api(Function<ApiServer, Object> part) {
    return kubernetes -> part.apply(kubernetes.apiServer());
  }

  private static List<Name> names(String... names) {
    return Stream.of(names).map(Name::parse).toList();
  }
}
