package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Endpoints made of Pods, as the endpointslice controller makes them.
class PodSlicesTest {
  private static final String WEB = Texts.headless("web");
  private static final String POD = Texts.pod("web-0", "web", "10.0.0.1");
  private static final String READY = "web [10.0.0.1] ready h= p=web-0 z= [http=8080/tcp]";
  private static final String UNREADY = READY.replace("ready", "unready");

  /// One field of the Pod is replaced, and one of the Service.
  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ready | `` | `` | ready
          another app | app: web} | app: db} | none
          another namespace | namespace: shop | namespace: bazaar | none
          more labels | app: web} | app: web, tier: front} | ready
          condition false | "True" | "False" | unready
          condition unknown | "True" | "Unknown" | unready
          no conditions | conditions: | otherConditions: | unready
          another condition | type: Ready | type: ContainersReady | unready
          pending | Running | Pending | ready
          succeeded | Running | Succeeded | none
          failed | Running | Failed | none
          unknown phase | Running | Unknown | ready
          terminating | namespace: shop | namespace: shop, deletionTimestamp: "2026-01-01T00:00:00Z" | unready
          no address | podIPs: | otherIPs: | none
          older podIP | podIPs: [{ip: "10.0.0.1"}] | podIP: 10.0.0.1 | ready
          host network | spec: {} | spec: {hostNetwork: true} | ready
          """)
  void takesPodsAs(String name, String field, String replacement, String expected) {
    String pod = field.isEmpty() ? POD : POD.replace(field, replacement);
    var testbed = ManifestTestbed.of(WEB, pod);

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.endpoints())
        .isEqualTo(
            switch (expected) {
              case "ready" -> List.of(READY);
              case "unready" -> List.of(UNREADY);
              default -> List.of();
            });
  }

  /// As many Services as there are with one selector, each addition and removal of them included.
  @Test
  void everyServiceWithTheSelectorHasThePod() {
    var testbed = ManifestTestbed.of("");
    for (int services : new int[] {1, 2, 3, 2, 1, 2, 1, 0, 1}) {
      for (int i = 0; i < 3; i++) {
        String service = WEB.replace("name: web,", "name: web" + i + ",");
        testbed.put("service" + i + ".yaml", i < services ? service : "");
      }
      testbed.put("pod.yaml", POD);
      assertThat(testbed.endpoints()).hasSize(services);
      testbed.put("pod.yaml", "");
      assertThat(testbed.endpoints()).isEmpty();
    }
  }

  /// publishNotReadyAddresses: "any component which creates Endpoints or EndpointSlice resources
  /// for use with this Service should disregard any indications of ready/not-ready", terminating
  /// Pods included, ended ones not.
  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "True" | "False" | ready
          namespace: shop | namespace: shop, deletionTimestamp: "2026-01-01T00:00:00Z" | ready
          Running | Failed | none
          """)
  void publishesNotReadyAddressesOnDemand(String field, String replacement, String expected) {
    var testbed =
        ManifestTestbed.of(
            WEB.replace("clusterIP: None", "clusterIP: None\n  publishNotReadyAddresses: true"),
            POD.replace(field, replacement));

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.endpoints())
        .isEqualTo(expected.equals("ready") ? List.of(READY) : List.of());
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {hostname: a, subdomain: web} | h=a
          {hostname: a, subdomain: other} | h=
          {hostname: a} | h=
          {subdomain: web} | h=
          """)
  void givesHostnameOnlyWithTheServiceAsSubdomain(String spec, String expected) {
    var testbed = ManifestTestbed.of(WEB, POD.replace("spec: {}", "spec: " + spec));

    assertThat(testbed.endpoints()).singleElement().asString().contains(expected + " p=web-0");
  }

  /// Target ports against the ports of the Pod's containers.
  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {name: http, port: 80} | spec: {} | [http=80/tcp]
          {name: http, port: 80, targetPort: 0} | spec: {} | [http=80/tcp]
          {port: 80, targetPort: 8080} | spec: {} | [=8080/tcp]
          {name: dns, port: 53, protocol: UDP} | spec: {} | [dns=53/udp]
          {name: http, port: 80, targetPort: web} | spec: {containers: [{ports: [{name: web, containerPort: 8081}]}]} | [http=8081/tcp]
          {name: http, port: 80, targetPort: web} | spec: {containers: [{}, {ports: [{containerPort: 1}, {name: web, containerPort: 8081}]}]} | [http=8081/tcp]
          {name: http, port: 80, targetPort: web} | spec: {containers: [{ports: [{name: web, containerPort: 8081, protocol: UDP}]}]} | []
          {name: http, port: 80, targetPort: web} | spec: {containers: [{ports: [{name: other, containerPort: 8081}]}]} | []
          {name: http, port: 80, targetPort: web} | spec: {initContainers: [{restartPolicy: Always, ports: [{name: web, containerPort: 8082}]}]} | [http=8082/tcp]
          {name: http, port: 80, targetPort: web} | spec: {initContainers: [{ports: [{name: web, containerPort: 8082}]}]} | []
          {name: a, port: 1}, {name: b, port: 2, targetPort: none} | spec: {} | [a=1/tcp]
          """)
  void findsTargetPorts(String port, String spec, String expected) {
    var testbed =
        ManifestTestbed.of(
            WEB.replace(
                "{name: http, port: 80, targetPort: 8080}", port.replace("}, {", "}\n  - {")),
            POD.replace("spec: {}", spec));

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.endpoints()).singleElement().asString().endsWith("z= " + expected);
  }

  @Test
  void headlessServiceNeedsNoPorts() {
    var testbed = ManifestTestbed.of(WEB.replaceAll("(?s)  ports:.*", ""), POD);

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.endpoints()).containsExactly("web [10.0.0.1] ready h= p=web-0 z= []");
  }

  @Test
  void namedPortThatDiffersFromPodToPodMakesSlicesOfTheirOwn() {
    String named = WEB.replace("targetPort: 8080", "targetPort: web");
    String spec = "spec: {containers: [{ports: [{name: web, containerPort: %d}]}]}";

    var testbed =
        ManifestTestbed.of(
            named,
            POD.replace("spec: {}", spec.formatted(1)),
            Texts.pod("web-1", "web", "10.0.0.2").replace("spec: {}", spec.formatted(2)),
            Texts.pod("web-2", "web", "10.0.0.3").replace("spec: {}", spec.formatted(1)));

    assertThat(testbed.endpoints())
        .containsExactly(
            "web [10.0.0.1] ready h= p=web-0 z= [http=1/tcp]",
            "web [10.0.0.3] ready h= p=web-2 z= [http=1/tcp]",
            "web [10.0.0.2] ready h= p=web-1 z= [http=2/tcp]");
  }

  /// A dual-stack Pod under Services of different families.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clusterIP: None | 10.0.0.1 fd00::1
          clusterIP: 10.96.0.1 | 10.0.0.1
          clusterIP: fd00:96::1 | fd00::1
          clusterIPs: [fd00:96::1, 10.96.0.1] | 10.0.0.1 fd00::1
          ipFamilies: [IPv4] | 10.0.0.1
          ipFamilies: [IPv6, IPv4] | 10.0.0.1 fd00::1
          ipFamilyPolicy: PreferDualStack | 10.0.0.1 fd00::1
          """)
  void makesSlicesForTheServicesFamilies(String field, String expected) {
    var testbed =
        ManifestTestbed.of(
            WEB.replace("clusterIP: None", field),
            POD.replace("[{ip: \"10.0.0.1\"}]", "[{ip: 10.0.0.1}, {ip: \"fd00::1\"}]"));

    assertThat(testbed.problems()).isEmpty();
    List<String> addresses =
        testbed.sink().all(EndpointSlice.class).stream()
            .map(slice -> slice.endpoints().getFirst().addresses().getFirst().toString())
            .toList();
    assertThat(addresses).containsExactly(expected.split(" "));
  }

  @Test
  void takesTheZoneFromTheNode() {
    String node =
        """
        apiVersion: v1
        kind: Node
        metadata: {name: n1, labels: {topology.kubernetes.io/zone: eu-1a}}
        """;
    String pod = POD.replace("spec: {}", "spec: {nodeName: n1}");

    var testbed = ManifestTestbed.of(WEB, pod);
    assertThat(testbed.endpoints()).containsExactly(READY);

    testbed.put("nodes.yaml", node);
    assertThat(testbed.endpoints()).containsExactly(READY.replace("z=", "z=eu-1a"));

    testbed.put("nodes.yaml", node.replace("eu-1a", "eu-1b"));
    assertThat(testbed.endpoints()).containsExactly(READY.replace("z=", "z=eu-1b"));

    testbed.put("nodes.yaml", "");
    assertThat(testbed.endpoints()).containsExactly(READY);
  }

  @Test
  void givenSliceTakesThePlaceOfPods() {
    String slice =
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-x, namespace: shop, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        endpoints: [{addresses: [10.9.9.9]}]
        """;
    var testbed = ManifestTestbed.of(WEB, POD);
    assertThat(testbed.endpoints()).containsExactly(READY);

    testbed.put("slice.yaml", slice);
    assertThat(testbed.endpoints()).containsExactly("web [10.9.9.9] ready h= p= z= []");

    testbed.put("slice.yaml", "");
    assertThat(testbed.endpoints()).containsExactly(READY);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          selector: {app: web} | selector: {}
          selector: {app: web} | sessionAffinity: None
          selector: {app: web} | type: ExternalName
          """)
  void servicesWithoutSelectorGetNone(String field, String replacement) {
    String service =
        replacement.startsWith("type")
            ? WEB.replace("clusterIP: None", "type: ExternalName\n  externalName: a.b")
            : WEB.replace(field, replacement);
    var testbed = ManifestTestbed.of(service, POD);

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.endpoints()).isEmpty();
  }

  @Test
  void followsPodsAsTheyComeChangeAndGo() {
    var testbed = ManifestTestbed.of(WEB);
    testbed.put("pod.yaml", POD);
    assertThat(testbed.endpoints()).containsExactly(READY);

    testbed.put("pod.yaml", POD.replace("\"True\"", "\"False\""));
    assertThat(testbed.endpoints()).containsExactly(UNREADY);

    testbed.put("pod.yaml", POD.replace("app: web}", "app: db}"));
    assertThat(testbed.endpoints()).isEmpty();

    testbed.put("pod.yaml", POD).put("a.yaml", "");
    assertThat(testbed.ids()).containsExactly("NAMESPACE shop", "POD shop/web-0");
  }

  @Test
  void slicesHaveTheSameNamesInEveryRun() {
    assertThat(ManifestTestbed.of(WEB, POD).ids())
        .contains("ENDPOINT_SLICE shop/web:pods:ipv4:http=8080/tcp");
  }

  @Test
  void deploymentsAreNotPods() {
    var testbed =
        ManifestTestbed.of(
            WEB,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: []}}}
            """);

    assertThat(testbed.endpoints()).isEmpty();
  }
}
