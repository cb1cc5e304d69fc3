package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.clients.Programs;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Health;
import io.clusterzone.dns.config.Prometheus;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.dns.config.text.ParseOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The manifests for those who have no Helm.
final class ManifestsTest {
  private static final Path PLAIN = Chart.DEPLOY.resolve("clusterzone.yaml");
  private static final Path BASE = Chart.DEPLOY.resolve("base/clusterzone.yaml");
  private static final Path OVERLAYS = Chart.DEPLOY.resolve("overlays");

  private static final String HEAD =
      """
      # Clusterzone beside what answers now, as the chart makes it with its defaults:
      #
      #   kubectl apply -f deploy/clusterzone.yaml
      #
      # The image is clusterzone:0.1.0; write where it is in your registry. This file is written by a test
      # (-Dchart.page=write), and so is its copy in deploy/base.
      """;

  private static List<Map<String, Object>> objects(Path file) throws IOException {
    return Chart.parse(Files.readString(file));
  }

  private static Map<String, Object> one(Path file, String kind) throws IOException {
    return objects(file).stream()
        .filter(object -> Objects.equals(object.get("kind"), kind))
        .findFirst()
        .orElseThrow();
  }

  /// Without the marks of Helm, which has no part in it.
  @Test
  void hasAPlainFileThatIsTheChart() throws IOException {
    String rendered =
        Chart.render("clusterzone", "kube-system", Chart.VALUES.resolve("defaults.yaml"));
    String plain =
        HEAD
            + rendered
                .replaceAll(
                    "(?m)^(# Source: .*| *helm.sh/chart: .*| *app.kubernetes.io/managed-by: .*)\n",
                    "")
                .replaceAll("(?m)^ *checksum/config: .*\n", "")
                .replaceAll("(?m)^ *annotations:\n( *spec:)", "$1");
    if (Objects.equals(System.getProperty("chart.page"), "write")) {
      Files.writeString(PLAIN, plain);
      Files.writeString(BASE, plain);
    }
    assertThat(Files.readString(PLAIN)).isEqualTo(plain);
    assertThat(Files.readString(BASE)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clusterzone.yaml",
        "rbac.yaml",
        "overlays/side-by-side/probe.yaml",
        "overlays/cluster-dns/kube-dns.yaml",
        "overlays/node-local/node-local.yaml"
      })
  void hasObjectsWithoutAFault(String file) throws IOException {
    assertThat(objects(Chart.DEPLOY.resolve(file)))
        .isNotEmpty()
        .flatMap(StrictObjects::faults)
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "base,7",
    "overlays/side-by-side,8",
    "overlays/cluster-dns,8",
    "overlays/node-local,4"
  })
  void isBuiltByKustomize(String kustomization, int count) throws Exception {
    Assumptions.assumeTrue(Programs.present("kubectl"), "kubectl is not installed");
    String built = Tool.run("kubectl", "kustomize", Chart.DEPLOY.resolve(kustomization).toString());
    assertThat(Chart.parse(built)).hasSize(count).flatMap(StrictObjects::faults).isEmpty();
  }

  @Test
  void probesTheAddressThatTheServiceBesideHas() throws IOException {
    Map<String, Object> kustomization =
        one(OVERLAYS.resolve("side-by-side/kustomization.yaml"), "Kustomization");
    String patch = Tree.text(kustomization, "patches patch");
    assertThat(Tree.text(Chart.parse(patch).getFirst(), "spec clusterIP"))
        .isNotEmpty()
        .isEqualTo(
            Tree.text(
                one(OVERLAYS.resolve("side-by-side/probe.yaml"), "Pod"),
                "spec dnsConfig nameservers"));
  }

  @Test
  void leadsKubeDnsToThePods() throws IOException {
    Map<String, Object> labels =
        Tree.maps(one(PLAIN, "Deployment"), "spec template metadata labels").getFirst();
    Map<String, Object> selector =
        Tree.maps(one(OVERLAYS.resolve("cluster-dns/kube-dns.yaml"), "Service"), "spec selector")
            .getFirst();
    assertThat(labels).containsAllEntriesOf(selector);
    // An apply merges: this label is there in the Service that is taken over.
    assertThat(selector).containsKey("k8s-app");
  }

  @Test
  void servesOnTheNodeWhatItsCorefileSays() throws IOException {
    ParseOptions process = ParseOptions.ofProcess();
    var options =
        new ParseOptions(
            process.defaultPort(),
            Map.of("KUBE_DNS_UPSTREAM_SERVICE_HOST", "10.96.0.77"),
            process.interfaces());
    CorefileReading reading = CorefileParser.read(OVERLAYS.resolve("node-local/Corefile"), options);
    assertThat(reading.warnings()).isEmpty();
    assertThat(reading.result()).isInstanceOf(Corefile.Valid.class);
    Map<String, Object> pod =
        Tree.maps(
                one(OVERLAYS.resolve("node-local/node-local.yaml"), "DaemonSet"),
                "spec template spec")
            .getFirst();
    InetSocketAddress health =
        reading.legible().all(Health.class).findFirst().orElseThrow().address();
    assertThat(Tree.texts(pod, "containers livenessProbe httpGet host"))
        .containsExactly(health.getHostString());
    assertThat(Tree.numbers(pod, "containers livenessProbe httpGet port"))
        .containsExactly(health.getPort());
    assertThat(Tree.numbers(pod, "containers ports hostPort"))
        .contains(
            reading.legible().all(Prometheus.class).findFirst().orElseThrow().address().getPort());
    assertThat(Tree.text(pod, "initContainers command")).isEqualTo("sh");
    assertThat(Tree.texts(pod, "initContainers command").getLast())
        .contains("169.254.20.10/32 dev nodelocaldns");
  }

  /// Service variables are named after the Service (Kubernetes, "Environment variables").
  @Test
  void readsTheVariableOfAServiceThatIsThere() throws IOException {
    assertThat(Files.readString(OVERLAYS.resolve("node-local/Corefile")))
        .contains("{$KUBE_DNS_UPSTREAM_SERVICE_HOST}");
    assertThat(one(OVERLAYS.resolve("node-local/node-local.yaml"), "Service"))
        .extracting(service -> Tree.text(service, "metadata name"))
        .isEqualTo("kube-dns-upstream");
  }
}
