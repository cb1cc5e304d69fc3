package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.made.AddressRange;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.source.object.ManifestOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Workloads as their authors write them get the Pods that controllers would make of them.
final class MadePodsTest {
  private static final String WEB = Texts.headless("web");

  /// A workload with Pods `app: APP`.
  private static String workload(String kind, String name, String spec) {
    return """
    apiVersion: %s
    kind: %s
    metadata: {name: %s, namespace: shop}
    spec:
      %s
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: x, ports: [{name: http, containerPort: 8080}]}]
    """
        .formatted(kind.equals("ReplicationController") ? "v1" : "apps/v1", kind, name, spec);
  }

  private static ManifestTestbed testbed(String... texts) {
    return ManifestTestbed.of(ManifestTestbed.MADE, texts);
  }

  private static ManifestOptions ranges(String range, int nodes) {
    return ManifestTestbed.ALL.with(
        MadeOptions.NONE.withPods(List.of(AddressRange.parse(range))).withNodes(nodes));
  }

  /// Each Pod with its addresses.
  private static Map<String, String> pods(ManifestTestbed testbed) {
    Map<String, String> pods = new TreeMap<>();
    for (Pod pod : testbed.sink().all(Pod.class)) {
      pods.put(pod.key().name(), pod.addresses().toString());
    }
    return pods;
  }

  /// A row: the fact; the kind; fields of its spec; how many Pods there are.
  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          as many as it says | Deployment | replicas: 3 | 3
          "Defaults to 1" | Deployment | `paused: true` | 1
          "distinguish between explicit zero and not specified" | Deployment | replicas: 0 | 0
          as many as it says | ReplicaSet | replicas: 2 | 2
          as many as it says | ReplicationController | replicas: 2 | 2
          as many as it says | StatefulSet | replicas: 2 | 2
          on each node one | DaemonSet | replicas: 7 | 4
          "create one or more Pods" that end | Job | completions: 3 | 0
          as Job | CronJob | schedule: now | 0
          """)
  void thereAreAsManyAsTheControllerMakes(String fact, String kind, String spec, int count) {
    var testbed = ManifestTestbed.of(ranges("10.244.0.0/16", 4), WEB, workload(kind, "web", spec));
    assertThat(testbed.problems()).isEmpty();
    assertThat(pods(testbed)).hasSize(count);
    assertThat(testbed.endpoints()).hasSize(count);
  }

  /// Endpoints as the endpointslice controller makes them of Pods that are ready. A row: the fact;
  /// what is replaced; the Service's endpoints.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a Pod that runs is ready | `` | `` | 2 ready h= [http=8080/tcp]
          a target port's name is the container's | targetPort: 8080 | targetPort: http | 2 ready h= [http=8080/tcp]
          a name that no container has leads nowhere | targetPort: 8080 | targetPort: grpc | 2 ready h= []
          "no suitable port" of another protocol | targetPort: 8080 | protocol: UDP, targetPort: http | 2 ready h= []
          publishNotReadyAddresses | clusterIP: None | `clusterIP: None, publishNotReadyAddresses: true` | 2 ready h= [http=8080/tcp]
          another selector | selector: {app: web} | selector: {app: db} | 0
          labels of the template | app: web}} | app: web, tier: front}} | 2 ready h= [http=8080/tcp]
          another namespace | namespace: shop}\\nspec:\\n  replicas | namespace: bazaar}\\nspec:\\n  replicas | 0
          hostname and subdomain of the template | containers: | `hostname: a, subdomain: web, containers:` | 2 ready h=a [http=8080/tcp]
          "pod.Spec.Subdomain == svc.Name" | containers: | `hostname: a, subdomain: other, containers:` | 2 ready h= [http=8080/tcp]
          a sidecar's port | targetPort: 8080 | targetPort: mesh | 2 ready h= [http=15001/tcp]
          the host's network | containers: | `hostNetwork: true, containers:` | 2 ready h= [http=8080/tcp]
          """)
  void makeTheEndpointsThatTheControllerMakes(
      String fact, String field, String replacement, String expected) {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
        """;
    String deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 2
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{ports: [{name: http, containerPort: 8080}]}],
              initContainers: [{restartPolicy: Always, ports: [{name: mesh, containerPort: 15001}]}]}
        """;
    String from = field.replace("\\n", "\n");
    String to = replacement.replace("\\n", "\n");
    assertThat(service + deployment).contains(from);
    var testbed =
        testbed(
            field.isEmpty() ? service : service.replace(from, to),
            field.isEmpty() ? deployment : deployment.replace(from, to));
    assertThat(testbed.problems()).isEmpty();
    List<String> endpoints =
        testbed.endpoints().stream()
            .map(line -> line.replaceAll("web \\[10.244.[0-9.]+\\]| p=web-\\w{10}-\\w{5}| z=", ""))
            .toList();
    int count = Integer.parseInt(expected.substring(0, 1));
    assertThat(endpoints).isEqualTo(Collections.nCopies(count, expected.substring(1)));
  }

  @Test
  void aStatefulSetsPodsHaveNamesBelowItsService() {
    var testbed =
        testbed(
            WEB,
            workload("StatefulSet", "db", "{replicas: 2, serviceName: web, ordinals: {start: 5}}")
                .replace(
                    "{replicas: 2, serviceName: web, ordinals: {start: 5}}",
                    "replicas: 2\n  serviceName: web\n  ordinals: {start: 5}"));
    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.endpoints().toString()).contains("h=db-5 p=db-5", "h=db-6 p=db-6");
    String one =
        WEB.replace("name: web,", "name: one,")
            .replace("{app: web}", "{statefulset.kubernetes.io/pod-name: db-6}");
    testbed.put("one.yaml", one);
    assertThat(testbed.endpoints()).filteredOn(line -> line.startsWith("one ")).hasSize(1);
  }

  private static String autoscaler(String name, String target, String spec) {
    return """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: %s, namespace: shop}
    spec: {scaleTargetRef: {kind: Deployment, name: %s}, %s}
    """
        .formatted(name, target, spec);
  }

  @Test
  void anAutoscalerSaysHowManyWhereTheWorkloadDoesNot() {
    var testbed = testbed(workload("Deployment", "web", "paused: false"));
    assertThat(pods(testbed)).hasSize(1);
    testbed.put("hpa.yaml", autoscaler("web", "web", "minReplicas: 3"));
    Map<String, String> three = pods(testbed);
    assertThat(three).hasSize(3);
    testbed.put("hpa.yaml", autoscaler("web", "other", "minReplicas: 3"));
    assertThat(pods(testbed)).hasSize(1);
    testbed.put("hpa.yaml", autoscaler("web", "web", "maxReplicas: 3"));
    assertThat(pods(testbed)).hasSize(1);
    testbed.put("hpa.yaml", autoscaler("web", "web", "minReplicas: 3"));
    assertThat(pods(testbed)).isEqualTo(three);
    testbed.put("b.yaml", "").put("a.yaml", workload("Deployment", "web", "replicas: 2"));
    assertThat(pods(testbed)).hasSize(2);
  }

  private static String owned(String kind, String name, String ownerKind, String owner) {
    String text =
        kind.equals("Pod")
            ? Texts.pod(name, "web", "10.9.9.9")
            : workload(kind, name, "replicas: 1");
    return text.replace(
        "namespace: shop",
        "namespace: shop, ownerReferences: [{kind: %s, name: %s, controller: true}]"
            .formatted(ownerKind, owner));
  }

  /// What a cluster printed is what its controllers have made; nothing is made twice.
  @Test
  void whatTheFilesHoldIsNotMadeTwice() {
    var testbed = testbed(workload("Deployment", "web", "replicas: 2"));
    assertThat(pods(testbed)).hasSize(2);

    testbed.put("rs.yaml", owned("ReplicaSet", "web-5d9c7b6f4", "Deployment", "web"));
    assertThat(pods(testbed)).hasSize(2);

    testbed.put("pod.yaml", owned("Pod", "web-5d9c7b6f4-2xk8q", "ReplicaSet", "web-5d9c7b6f4"));
    assertThat(pods(testbed)).isEqualTo(Map.of("web-5d9c7b6f4-2xk8q", "[10.9.9.9]"));

    testbed.put("rs.yaml", "");
    assertThat(pods(testbed)).hasSize(1);

    testbed.put("pod.yaml", "");
    assertThat(pods(testbed)).hasSize(2);

    testbed
        .put("a.yaml", "")
        .put("rs.yaml", owned("ReplicaSet", "web-5d9c7b6f4", "Deployment", "web"));
    assertThat(pods(testbed)).hasSize(1);
  }

  @Test
  void aPodOfTheSameNameInTheFilesTakesThePlaceOfTheOneMade() {
    var testbed = testbed(WEB, workload("StatefulSet", "web", "replicas: 2"));
    Map<String, String> made = pods(testbed);
    assertThat(made).containsOnlyKeys("web-0", "web-1");

    testbed.put("pod.yaml", Texts.pod("web-0", "web", "10.9.9.9"));
    assertThat(pods(testbed)).containsEntry("web-0", "[10.9.9.9]").hasSize(2);
    assertThat(testbed.endpoints()).hasSize(2).anyMatch(line -> line.contains("[10.9.9.9]"));

    testbed.put("pod.yaml", "");
    assertThat(pods(testbed)).isEqualTo(made);
    assertThat(testbed.endpoints()).hasSize(2).noneMatch(line -> line.contains("[10.9.9.9]"));
  }

  /// A Pod as its author writes it. A row: the fact; its spec; its status; whether it has an
  /// address, and whether it is ready.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          it will run | {} | {} | ready
          "Defaults to Always" | {restartPolicy: Always} | {} | ready
          it ends, as a chart's test does | {restartPolicy: Never} | {} | none
          it ends | {restartPolicy: OnFailure} | {} | none
          a cluster has not found a node for it | {} | {phase: Pending} | none
          it has one | {} | {podIP: 10.9.9.9} | unready
          what the file says | {} | {conditions: [{type: Ready, status: "False"}]} | unready
          """)
  void aPodWithoutAnAddressGetsOne(String fact, String spec, String status, String expected) {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: %s
        status: %s
        """
            .formatted(spec, status);
    var testbed = testbed(WEB, pod);
    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.endpoints().stream().map(line -> line.split(" ", -1)[2]).toList())
        .isEqualTo(expected.equals("none") ? List.of() : List.of(expected));
    // The same again changes nothing, and without it there is nothing.
    testbed.put("c.yaml", workload("Deployment", "other", "replicas: 0"));
    assertThat(testbed.endpoints()).hasSize(expected.equals("none") ? 0 : 1);
    testbed.put("b.yaml", "");
    assertThat(pods(testbed)).isEmpty();
  }

  @Test
  void slicesInTheFilesTakeThePlaceOfPodsThatAreMade() {
    String slice =
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-x, namespace: shop, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        endpoints: [{addresses: [10.9.9.9]}]
        """;
    var testbed = testbed(WEB, workload("Deployment", "web", "replicas: 2"), slice);
    assertThat(testbed.endpoints()).containsExactly("web [10.9.9.9] ready h= p= z= []");
  }

  @Test
  void nobodyMakesPodsWhereNobodyAskedForThem() {
    var testbed = ManifestTestbed.of(WEB, workload("Deployment", "web", "replicas: 2"));
    assertThat(pods(testbed)).isEmpty();
    assertThat(testbed.passedOver()).isEqualTo(1);
    assertThat(testbed.made()).isEmpty();
  }

  @Test
  void tooManyAreANamedProblemAndNotTheEndOfTheMemory() {
    var testbed = testbed(workload("Deployment", "web", "replicas: 1000000"));
    assertThat(testbed.problems())
        .containsExactly(
            "a.yaml:3:18: Deployment shop/web has 1000000 replicas, and 10000 Pods are made of one"
                + " workload, not more");
    assertThat(pods(testbed)).hasSize(10_000);
    assertThat(testbed.made())
        .isEqualTo("10000 Pods have made-up addresses from 10.244.0.0/16 and fd00:10:244::/112");
  }

  @Test
  void aFullRangeIsOneProblemAndIsTriedAgain() {
    var testbed =
        ManifestTestbed.of(
            ranges("10.0.0.0/29", 1),
            workload("Deployment", "web", "replicas: 5"),
            workload("StatefulSet", "db", "replicas: 3"));
    assertThat(pods(testbed)).hasSize(6);
    assertThat(testbed.problems())
        .containsExactly(
            "b.yaml:3:18: no address is left in 10.0.0.0/29 for 2 Pods, of StatefulSet shop/db;"
                + " make pod_cidr larger");
    testbed.put("a.yaml", "");
    assertThat(pods(testbed)).hasSize(3);
    assertThat(testbed.problems()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replicas: -1 | replicas: "-1" is not a number from 0 to 2147483647
          replicas: two | replicas: "two" is not a number
          serviceName: a.b | serviceName: "a.b" is
          """)
  void saysWhatIsWrongWithAWorkload(String spec, String problem) {
    assertThat(testbed(workload("StatefulSet", "web", spec)).problems())
        .singleElement()
        .asString()
        .contains(problem);
  }

  /// "The apiVersion extensions/v1beta1 [...] is no longer served" since 1.16.
  @ParameterizedTest
  @ValueSource(strings = {"extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"})
  void anOldVersionIsSaidToBeOne(String version) {
    var testbed = testbed(workload("Deployment", "web", "replicas: 1").replace("apps/v1", version));
    assertThat(testbed.problems())
        .containsExactly(
            "a.yaml:1:1: apiVersion %s is no longer served; use apps/v1".formatted(version));
    assertThat(pods(testbed)).isEmpty();
  }

  @Test
  void aStatefulSetsNameIsAHostName() {
    assertThat(testbed(workload("StatefulSet", "we.b", "replicas: 1")).problems())
        .singleElement()
        .asString()
        .contains("the Pods of a StatefulSet are hosts, and \"we.b-0\" is");
  }

  private static String random(int number, Random random) {
    String name = "web-" + number;
    return switch (number % 5) {
      case 0 -> WEB.replace("name: web,", "name: " + name + ",");
      case 1 -> workload("Deployment", name, "replicas: " + random.nextInt(4));
      case 2 -> workload("StatefulSet", name, "replicas: " + random.nextInt(4));
      case 3 ->
          "apiVersion: v1\nkind: Pod\nmetadata: {name: %s, namespace: shop, labels: {app: web}}\n"
              .formatted(random.nextBoolean() ? name : "web-%d-0".formatted(number - 1));
      default ->
          autoscaler(name, "web-" + (number - 3), "minReplicas: " + random.nextInt(4))
              + "---\n"
              + owned("ReplicaSet", name, "Deployment", "web-" + (number - 3));
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void equalFilesAreEqualClustersInAnyOrder(long seed) {
    var random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      texts.add(random(i, random));
    }
    List<ClusterObject> expected = null;
    for (int round = 0; round < 4; round++) {
      Collections.shuffle(texts, random);
      Map<String, String> files = new LinkedHashMap<>();
      for (int i = 0; i < texts.size(); i++) {
        files.merge(
            "%d.yaml".formatted(i % (1 + round * 20)), texts.get(i), (a, b) -> a + "---\n" + b);
      }
      List<ClusterObject> objects =
          new ManifestTestbed(ranges("10.244.0.0/24", 2)).put(files).objects();
      expected = expected == null ? objects : expected;
      assertThat(objects).isEqualTo(expected);
    }
  }

  /// A running server: no Pod moves, whoever comes again is where it was, and all of it equals the
  /// files as they are in the end, given the same addresses.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void changesWhileServingMoveNobody(long seed) {
    var random = new Random(seed);
    var testbed = new ManifestTestbed(ranges("10.244.0.0/24", 2));
    Map<String, String> files = new HashMap<>();
    Map<String, String> known = new HashMap<>();
    for (int step = 0; step < 100; step++) {
      Map<String, String> changes = new HashMap<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int number = random.nextInt(60);
        changes.put(number + ".yaml", random.nextInt(3) == 0 ? "" : random(number, random));
      }
      files.putAll(changes);
      testbed.put(changes);
      pods(testbed)
          .forEach((pod, address) ->
              assertThat(known.merge(pod, address, (old, now) -> old)).as(pod).isEqualTo(address));
    }
    List<ClusterObject> served = testbed.objects();
    Map<String, String> none = new HashMap<>();
    files.keySet().forEach(file -> none.put(file, ""));
    testbed.put(none);
    assertThat(testbed.objects()).isEmpty();
    testbed.put(files);
    assertThat(testbed.objects()).isEqualTo(served);
  }

  /// Those for which there is no room are counted, not made: a few short files ask for more Pods
  /// than a small heap holds. Objects in the order of their names, those first that have Pods.
  @Test
  void makesNoMoreThanThereIsRoomFor() {
    Map<String, String> workloads = new HashMap<>();
    for (int i = 10; i < 30; i++) {
      workloads.put(i + ".yaml", workload("Deployment", "web-" + i, "replicas: 10000"));
    }
    var testbed = new ManifestTestbed(ranges("10.0.0.0/8", 1)).put(workloads);
    assertThat(testbed.sink().all(Pod.class))
        .hasSize(50_000)
        .allMatch(pod -> pod.key().name().compareTo("web-15") < 0);
    assertThat(testbed.problems())
        .singleElement()
        .asString()
        .contains("150000 Pods of", "web-15", "50000 are the most");
  }
}
