package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Health;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.Prometheus;
import io.clusterzone.dns.config.Ready;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the chart says about the server, against what the server does with the Corefile that the
/// chart gives it.
final class ChartAgainstServerTest {
  private static final String CONTAINER = "spec template spec containers";

  @TempDir Path directory;

  static List<Path> values() throws IOException {
    return Chart.valuesFiles();
  }

  /// The Deployment of the server, not that of the autoscaler.
  private static Map<String, Object> deployment(Path values) {
    return Chart.objects(values).stream()
        .filter(object -> Tree.texts(object, CONTAINER + " name").contains("clusterzone"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<String, Object>> ofKind(Path values, String kind) {
    return Chart.objects(values).stream()
        .filter(object -> Tree.text(object, "kind").equals(kind))
        .toList();
  }

  private static String corefileText(Path values) {
    return ofKind(values, "ConfigMap").stream()
        .map(map -> Tree.text(map, "data Corefile"))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private Corefile corefile(Path values) throws IOException {
    Path file = Files.writeString(directory.resolve("Corefile"), corefileText(values));
    CorefileReading reading = CorefileParser.read(file, ParseOptions.ofProcess());
    assertThat(reading.warnings()).isEmpty();
    assertThat(reading.result()).isInstanceOf(Corefile.Valid.class);
    return reading.legible();
  }

  static List<Path> configured() throws IOException {
    return values().stream().filter(file -> !corefileText(file).isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("configured")
  void opensThePortsThatTheCorefileListensOn(Path values) throws IOException {
    Corefile corefile = corefile(values);
    Set<Integer> listened =
        corefile.blocks().stream()
            .flatMap(block -> block.keys().stream())
            .map(BlockKey::port)
            .collect(Collectors.toCollection(HashSet::new));
    corefile
        .all(Prometheus.class)
        .map(metrics -> metrics.address().getPort())
        .forEach(listened::add);
    assertThat(Set.copyOf(Tree.numbers(deployment(values), CONTAINER + " ports containerPort")))
        .isEqualTo(listened);
  }

  @ParameterizedTest
  @MethodSource("configured")
  void probesThePagesThatTheCorefileHas(Path values) throws IOException {
    Corefile corefile = corefile(values);
    List<Integer> health =
        corefile.all(Health.class).map(page -> page.address().getPort()).toList();
    List<Integer> ready = corefile.all(Ready.class).map(page -> page.address().getPort()).toList();
    Map<String, Object> pod = deployment(values);
    for (String probe : List.of("startupProbe", "livenessProbe")) {
      assertThat(Tree.numbers(pod, CONTAINER + " " + probe + " httpGet port")).isEqualTo(health);
      assertThat(Tree.text(pod, CONTAINER + " " + probe + " httpGet path")).isEqualTo("/health");
    }
    assertThat(Tree.numbers(pod, CONTAINER + " readinessProbe httpGet port")).isEqualTo(ready);
    assertThat(Tree.text(pod, CONTAINER + " readinessProbe httpGet path")).isEqualTo("/ready");
  }

  @ParameterizedTest
  @MethodSource("configured")
  void leavesTimeToDrain(Path values) throws IOException {
    long grace =
        Tree.numbers(deployment(values), "spec template spec terminationGracePeriodSeconds")
            .getFirst();
    assertThat(corefile(values).all(Health.class))
        .allMatch(health -> health.lameduck().toSeconds() + 5 < grace);
  }

  @ParameterizedTest
  @MethodSource("values")
  void leadsServicesToOpenPorts(Path values) {
    List<Integer> open = Tree.numbers(deployment(values), CONTAINER + " ports containerPort");
    assertThat(ofKind(values, "Service"))
        .isNotEmpty()
        .allMatch(service -> open.containsAll(Tree.numbers(service, "spec ports targetPort")));
  }

  @ParameterizedTest
  @MethodSource("values")
  void selectsItsOwnPods(Path values) {
    Map<String, Object> deployment = deployment(values);
    Map<String, Object> labels = Tree.maps(deployment, "spec template metadata labels").getFirst();
    assertThat(labels).containsAllEntriesOf(selector(deployment, "spec selector matchLabels"));
    ofKind(values, "Service")
        .forEach(
            service -> assertThat(labels).containsAllEntriesOf(selector(service, "spec selector")));
    ofKind(values, "NetworkPolicy")
        .forEach(policy ->
            assertThat(labels)
                .containsAllEntriesOf(selector(policy, "spec podSelector matchLabels")));
    ofKind(values, "PodDisruptionBudget")
        .forEach(budget ->
            assertThat(labels).containsAllEntriesOf(selector(budget, "spec selector matchLabels")));
  }

  private static Map<String, Object> selector(Map<String, Object> object, String path) {
    return Tree.maps(object, path).getFirst();
  }

  @ParameterizedTest
  @MethodSource("values")
  void mountsTheVolumesThatItHas(Path values) {
    Map<String, Object> deployment = deployment(values);
    assertThat(Tree.texts(deployment, CONTAINER + " volumeMounts name"))
        .containsExactlyInAnyOrderElementsOf(
            Tree.texts(deployment, "spec template spec volumes name"));
  }

  /// The root is read-only, and so is what a ConfigMap mounts.
  @Test
  void keepsTheSnapshotWhereItCanBeWritten() throws IOException {
    Path values = Chart.VALUES.resolve("managed.yaml");
    Path snapshot = Objects.requireNonNull(corefile(values).findFirst(Kubernetes.class)).snapshot();
    assertThat(
            Tree.maps(deployment(values), CONTAINER + " volumeMounts").stream()
                .filter(mount -> Tree.text(mount, "name").equals("snapshot"))
                .map(mount -> Path.of(Tree.text(mount, "mountPath"))))
        .singleElement()
        .isEqualTo(Objects.requireNonNull(snapshot).getParent());
    assertThat(Tree.maps(deployment(values), "spec template spec volumes emptyDir")).hasSize(1);
  }

  @Test
  void servesTheClusterSetThatIsAskedFor() throws IOException {
    Kubernetes kubernetes =
        corefile(Chart.VALUES.resolve("managed.yaml")).findFirst(Kubernetes.class);
    assertThat(Objects.requireNonNull(kubernetes).multicluster())
        .extracting(Name::toString)
        .containsExactly("clusterset.local.");
  }

  /// The Pod Security Standard `restricted`; and a port below 1024 needs the sysctl, as the process
  /// gets no capability from its file.
  @ParameterizedTest
  @MethodSource("values")
  void asksForNoMorePowerThanItNeeds(Path values) {
    Map<String, Object> pod = Tree.maps(deployment(values), "spec template spec").getFirst();
    assertThat(Tree.text(pod, "securityContext runAsNonRoot")).isEqualTo("true");
    assertThat(Tree.numbers(pod, "securityContext runAsUser"))
        .allMatch(user -> user > 0)
        .hasSize(1);
    assertThat(Tree.text(pod, "securityContext seccompProfile type")).isEqualTo("RuntimeDefault");
    assertThat(Tree.text(pod, "containers securityContext readOnlyRootFilesystem"))
        .isEqualTo("true");
    assertThat(Tree.text(pod, "containers securityContext allowPrivilegeEscalation"))
        .isEqualTo("false");
    assertThat(Tree.texts(pod, "containers securityContext capabilities drop")).contains("ALL");
    assertThat(Tree.texts(pod, "containers securityContext capabilities add"))
        .isSubsetOf("NET_BIND_SERVICE");
    assertThat(Tree.text(pod, "securityContext sysctls name"))
        .isEqualTo("net.ipv4.ip_unprivileged_port_start");
    assertThat(Tree.text(pod, "securityContext sysctls value")).isEqualTo("53");
    assertThat(Tree.values(pod, "hostNetwork")).isEmpty();
  }
}
