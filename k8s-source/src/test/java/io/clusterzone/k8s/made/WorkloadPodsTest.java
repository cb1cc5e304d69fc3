package io.clusterzone.k8s.made;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.made.Workload.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WorkloadPodsTest {
  private static Workload workload(Kind kind, String name) {
    return new Workload(
        kind,
        new ObjectKey("shop", name),
        Workload.NO_NUMBER,
        3,
        "peers",
        new PodTemplate(Map.of("app", "web"), "host", "sub", List.of()));
  }

  private static List<String> names(Workload workload, int replicas) {
    return WorkloadPods.of(workload, replicas).stream().map(pod -> pod.key().name()).toList();
  }

  /// "Each Pod in a StatefulSet derives its hostname from the name of the StatefulSet and the
  /// ordinal of the Pod"; the controller sets the subdomain to `serviceName` and adds both labels.
  @Test
  void aStatefulSetNumbersItsPodsFromItsFirstOrdinal() {
    assertThat(WorkloadPods.of(workload(Kind.STATEFUL_SET, "web"), 2))
        .containsExactly(pod("web-3", "3"), pod("web-4", "4"));
  }

  private static MadePod pod(String name, String ordinal) {
    return new MadePod(
        new ObjectKey("shop", name),
        Map.of(
            "app",
            "web",
            "statefulset.kubernetes.io/pod-name",
            name,
            "apps.kubernetes.io/pod-index",
            ordinal),
        name,
        "peers");
  }

  /// These stand here so that no later version gives others.
  @Test
  void otherPodsHaveTheSameNamesOnEveryMachine() {
    assertThat(names(workload(Kind.DEPLOYMENT, "web"), 2))
        .containsExactly("web-bsffm6pw7z-92jv7", "web-bsffm6pw7z-b6vqp");
    assertThat(names(workload(Kind.REPLICA_SET, "web"), 1)).containsExactly("web-6bnrw");
    assertThat(names(workload(Kind.DAEMON_SET, "web"), 1)).doesNotContain("web-6bnrw");
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLICA_SET", "REPLICATION_CONTROLLER", "DAEMON_SET"})
  void thesePodsAreAsTheTemplateSays(Kind kind) {
    assertThat(WorkloadPods.of(workload(kind, "web"), 3))
        .hasSize(3)
        .allSatisfy(pod -> {
          assertThat(pod.key().name()).matches("web-[b-df-hj-np-tv-xz2-9]{5}");
          assertThat(pod.labels()).isEqualTo(Map.of("app", "web"));
          assertThat(pod.hostname()).isEqualTo("host");
          assertThat(pod.subdomain()).isEqualTo("sub");
        });
  }

  /// As its ReplicaSet's: "pod-template-hash" is the label that tells them from older ones.
  @Test
  void aDeploymentsPodsAreThoseOfItsReplicaSet() {
    for (MadePod pod : WorkloadPods.of(workload(Kind.DEPLOYMENT, "web"), 3)) {
      String hash = pod.labels().getOrDefault("pod-template-hash", "");
      assertThat(hash).hasSize(10);
      assertThat(pod.key().name()).matches("web-" + hash + "-[b-df-hj-np-tv-xz2-9]{5}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void asManyAsThereAreDifferAndOneMoreChangesNone(Kind kind) {
    List<String> all = names(workload(kind, "web"), WorkloadPods.MAX_REPLICAS);
    assertThat(all).doesNotHaveDuplicates().hasSize(WorkloadPods.MAX_REPLICAS);
    assertThat(names(workload(kind, "web"), 100)).isEqualTo(all.subList(0, 100));
    assertThat(names(workload(kind, "web"), 0)).isEmpty();
    assertThat(names(workload(kind, "web"), Integer.MAX_VALUE)).hasSize(all.size());
  }

  /// The name of a Pod is a label wherever one is made of it; a controller shortens the base it
  /// generates names from, and the API server refuses a host name of more than 63 letters.
  @Test
  void namesAreNoLongerThanALabel() {
    String longest = "x".repeat(61);
    assertThat(names(workload(Kind.REPLICA_SET, longest), 1)).allMatch(name -> name.length() == 63);
    assertThat(names(workload(Kind.DEPLOYMENT, longest), 1)).allMatch(name -> name.length() == 63);
    // 3 to 9; 10 takes a letter more.
    assertThat(names(workload(Kind.STATEFUL_SET, longest), 10)).hasSize(7);
  }

  /// "unable to create pods, no labels"
  @Test
  void aTemplateWithoutLabelsMakesNone() {
    var workload =
        new Workload(
            Kind.DEPLOYMENT,
            new ObjectKey("shop", "web"),
            3,
            0,
            "",
            new PodTemplate(Map.of(), "", "", List.of()));
    assertThat(WorkloadPods.of(workload, 3)).isEmpty();
  }
}
