package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Faults of single objects: each is reported with its place, and not served, or without the faulty
/// part.
class ManifestProblemsTest {
  /// A Service of which one field is replaced.
  @ParameterizedTest(name = "Service with {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: web | name: Web | 4:9: name: "Web" is not a DNS label
          name: web | name: web_1 | 4:9: name: "web_1" is not a DNS label
          name: web | name: a.b | 4:9: name: "a.b" is not a DNS label
          name: web | name: -web | 4:9: name: "-web" is not a DNS label
          name: web | name: 123 | 4:9: name: "123" reads as a number; write it in quotes
          name: web | name: yes | 4:9: name: "yes" reads as true or false; write it in quotes
          name: web | name: [web] | 4:9: name: expected text
          name: web | name: | 4:3: metadata.name is missing
          namespace: shop | namespace: sh.op | 5:14: namespace: "sh.op" is not a DNS label
          clusterIP: 10.96.0.1 | clusterIP: 10.96.0.256 | 7:14: clusterIP: "10.96.0.256" is not an IP address
          clusterIP: 10.96.0.1 | clusterIP: 010.96.0.1 | 7:14: clusterIP: "010.96.0.1" is not an IP address
          clusterIP: 10.96.0.1 | clusterIP: none | 7:14: clusterIP: "none" is not an IP address
          clusterIP: 10.96.0.1 | clusterIPs: [10.96.0.1, 10.96.0.2] | 7:27: clusterIPs: a Service has one address of each family
          clusterIP: 10.96.0.1 | clusterIPs: 10.96.0.1 | 7:15: clusterIPs: expected a list
          clusterIP: 10.96.0.1 | type: External | 7:9: type: "External" is none of ClusterIP
          port: 80 | port: 0 | 9:24: port: "0" is not a number from 1 to 65535
          port: 80 | port: 65536 | 9:24: port: "65536" is not a number from 1 to 65535
          port: 80 | port: -1 | 9:24: port: "-1" is not a number from 1 to 65535
          port: 80 | port: "80" | 9:24: port: "80" is not a number from 1 to 65535
          port: 80 | port: 99999999999 | 9:24: port: "99999999999" is not a number
          port: 80 | targetPort: 80 | 9:5: port is missing
          port: 80 | port: 80, protocol: tcp | 9:38: protocol: "tcp" is none of TCP, UDP and SCTP
          port: 80 | port: 80, targetPort: 70000 | 9:40: targetPort: "70000" is not a number
          port: 80 | port: 80, targetPort: Web | 9:40: targetPort: "Web" is not the name of a port
          port: 80 | port: 80, targetPort: far-too-long-name | 9:40: targetPort: "far-too-long-name" is not the name
          ports: | otherPorts: | 7:3: a Service needs ports
          spec: | specs: | 1:1: a Service needs ports
          apiVersion: v1 | api: v1 | 1:1: apiVersion is missing
          kind: Service | Kind: Service | 1:1: kind is missing
          kind: Service | kind: 7 | 2:7: kind: "7" reads as a number
          namespace: shop | namespace: shop, labels: 7 | 5:
          """)
  void reportsServiceWithItsPlace(String field, String replacement, String expected) {
    String text = Texts.service("web", "10.96.0.1").replace(field, replacement);
    var testbed = ManifestTestbed.of(text);

    assertThat(testbed.problems()).isNotEmpty().first().asString().startsWith("a.yaml:" + expected);
    assertThat(testbed.ids()).doesNotContain("SERVICE shop/web");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {type: ExternalName} | externalName is missing
          {type: ExternalName, externalName: bad_name.example} | externalName: "bad_name.example" is not a DNS name
          {type: ExternalName, externalName: Web.example} | externalName: "Web.example" is not a DNS name
          {type: ExternalName, externalName: a..b} | externalName: "a..b" is not a DNS name
          {type: ExternalName, externalName: 192.0.2.1} | externalName: "192.0.2.1" is an address
          {type: ExternalName, externalName: "2001:db8::1"} | externalName: "2001:db8::1" is an address
          {type: ExternalName, externalName: a.b, clusterIP: 10.0.0.1} | clusterIP: an ExternalName Service has none
          {ports: [{port: 1}, {port: 2, name: b}]} | ports: one of several ports needs a name
          {ports: [{name: a, port: 1}, {name: a, port: 2}]} | ports: two have the name "a"
          {clusterIP: 10.0.0.1, clusterIPs: [10.0.0.2], ports: [{port: 1}]} | clusterIP is not the first of clusterIPs
          {selector: {app: 1}, ports: [{port: 1}]} | selector.app: "1" reads as a number
          {selector: [app], ports: [{port: 1}]} | selector: expected fields
          {publishNotReadyAddresses: "true", ports: [{port: 1}]} | publishNotReadyAddresses: expected true or false
          {clusterIP: 010.0.0.1, ports: [{port: 1}]} | clusterIP: "010.0.0.1" is not an IP address
          {clusterIPs: [10.0.0.256], ports: [{port: 1}]} | clusterIPs: "10.0.0.256" is not an IP address
          {clusterIP: None, clusterIP: None} | clusterIP stands twice; remove one
          """)
  void reportsWhatDoesNotFitInAService(String spec, String expected) {
    var testbed =
        ManifestTestbed.of(
            "{apiVersion: v1, kind: Service, metadata: {name: x}, spec: " + spec + "}");

    assertThat(testbed.problems()).hasSize(1).first().asString().contains(expected);
    assertThat(testbed.ids()).doesNotContain("SERVICE default/x");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          addressType: IPv5 | addressType: "IPv5" is none of IPv4, IPv6 and FQDN
          endpoints: [] | addressType: "" is none of
          addressType: IPv4, endpoints: [{addresses: [fd00::1]}] | addresses: fd00::1 is not an IPv4 address
          addressType: IPv6, endpoints: [{addresses: [10.0.0.1]}] | addresses: 10.0.0.1 is not an IPv6 address
          addressType: IPv4, endpoints: [{addresses: [10.0.0]}] | addresses: "10.0.0" is not an IP address
          addressType: IPv4, endpoints: [{addresses: []}] | addresses: an endpoint needs at least one
          addressType: IPv4, endpoints: [{addresses: [10.0.0.1], conditions: {ready: 1}}] | ready: expected true or false
          addressType: IPv4, endpoints: [10.0.0.1] | endpoints: expected fields
          addressType: IPv4, ports: [{port: 70000}] | port: "70000" is not a number from 1 to 65535
          """)
  void reportsWhatDoesNotFitInASlice(String fields, String expected) {
    var testbed =
        ManifestTestbed.of(
            "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: x}, "
                + fields
                + "}");

    assertThat(testbed.problems()).hasSize(1).first().asString().contains(expected);
    assertThat(testbed.ids()).doesNotContain("ENDPOINT_SLICE default/x");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          v1 | Pod | status: {podIP: 10.0.0.x} | podIP: "10.0.0.x" is not an IP address
          v1 | Pod | status: {podIPs: [10.0.0.1]} | podIPs: expected fields
          v1 | Pod | spec: {containers: [{ports: [{containerPort: 0}]}]} | containerPort: "0" is not a number
          v1 | Endpoints | subsets: [{addresses: [{ip: x}]}] | ip: "x" is not an IP address
          v1 | Endpoints | subsets: [{addresses: [{hostname: x}]}] | ip is missing
          v1 | Endpoints | subsets: [{ports: [{name: a}]}] | port is missing
          discovery.k8s.io/v1beta1 | EndpointSlice | addressType: IPv4 | use discovery.k8s.io/v1
          multicluster.x-k8s.io/v1alpha1 | ServiceImport | spec: {type: Any} | type: "Any" is neither
          multicluster.x-k8s.io/v1alpha1 | ServiceImport | spec: {type: Headless, ips: [1]} | ips: "1" reads as a number
          """)
  void reportsWhatDoesNotFitInOtherKinds(
      String version, String kind, String fields, String expected) {
    var testbed =
        ManifestTestbed.of(
            "{apiVersion: %s, kind: %s, metadata: {name: x}, %s}".formatted(version, kind, fields));

    assertThat(testbed.problems()).hasSize(1).first().asString().contains(expected);
  }

  /// What part of an object was to be named by is left out where it cannot be a name; the object is
  /// served all the same.
  @ParameterizedTest(name = "{2}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          discovery.k8s.io/v1 | EndpointSlice | ENDPOINT_SLICE | addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hostname: a.b}] | hostname: "a.b" is not a DNS label
          discovery.k8s.io/v1 | EndpointSlice | ENDPOINT_SLICE | addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hostname: 7}] | hostname: "7" reads as a number
          discovery.k8s.io/v1 | EndpointSlice | ENDPOINT_SLICE | addressType: IPv4, ports: [{name: A_B, port: 1}] | name: "A_B" is not a DNS label
          v1 | Pod | POD | spec: {hostname: a_b}, status: {podIP: 10.0.0.1} | hostname: "a_b" is not a DNS label
          v1 | Pod | POD | spec: {subdomain: "*"}, status: {podIP: 10.0.0.1} | subdomain: "*" is not a DNS label
          v1 | Pod | POD | spec: {containers: [{ports: [{name: A, containerPort: 1}]}]}, status: {podIP: 10.0.0.1} | name: "A" is not
          v1 | Service | SERVICE | spec: {ports: [{name: HTTP, port: 1}]} | name: "HTTP" is not a DNS label
          v1 | Service | SERVICE | spec: {ports: [{name: HTTP, port: 1}, {name: b, port: 2}]} | name: "HTTP" is not a DNS label
          multicluster.x-k8s.io/v1beta1 | ServiceImport | SERVICE_IMPORT | spec: {type: Headless, ports: [{name: a.b, port: 1}]} | name: "a.b" is not a DNS label
          """)
  void leavesOutWhatCannotBeAName(
      String version, String kind, String served, String fields, String expected) {
    var testbed =
        ManifestTestbed.of(
            "{apiVersion: %s, kind: %s, metadata: {name: x}, %s}".formatted(version, kind, fields));

    assertThat(testbed.problems()).hasSize(1).first().asString().contains(expected);
    assertThat(testbed.kinds()).containsExactly(ProblemKind.NAME_LEFT_OUT);
    assertThat(testbed.ids()).contains(served + " default/x");
  }

  /// Of three endpoints one has a hostname that no server would accept.
  @Test
  void anEndpointWhoseHostnameIsNoNameKeepsItsAddress() {
    var testbed =
        ManifestTestbed.of(
            """
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
             metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}},
             endpoints: [{addresses: [10.0.0.1], hostname: db-0},
               {addresses: [10.0.0.2], hostname: %s}, {addresses: [10.0.0.3]}]}
            """
                .formatted("x".repeat(64)));

    assertThat(testbed.problems()).hasSize(1).first().asString().contains("longer than 63");
    assertThat(testbed.sink().all(EndpointSlice.class).getFirst().endpoints())
        .extracting(Endpoint::hostname)
        .containsExactly("db-0", "", "");
  }

  @Test
  void acceptsNamesThatTheApiServerAccepts() {
    var testbed =
        ManifestTestbed.of(
            Texts.service("1-web", "10.96.0.1"),
            Texts.service("a".repeat(63), "10.96.0.2"),
            """
            {apiVersion: v1, kind: Service, metadata: {name: x},
             spec: {type: ExternalName, externalName: db.example.}}
            """,
            Texts.pod("web.1", "web", "10.0.0.1"));

    assertThat(testbed.problems()).isEmpty();
  }

  @Test
  void reportsAllProblemsOfAllFilesInTheOrderOfTheirPlaces() {
    String bad = Texts.service("web", "x").replace("port: 80", "port: 0");

    var testbed = ManifestTestbed.of(bad + "---\n" + bad, "- a list", bad);

    assertThat(testbed.problems())
        .containsExactly(
            "a.yaml:7:14: clusterIP: \"x\" is not an IP address",
            "a.yaml:9:24: port: \"0\" is not a number from 1 to 65535",
            "a.yaml:17:14: clusterIP: \"x\" is not an IP address",
            "a.yaml:19:24: port: \"0\" is not a number from 1 to 65535",
            "b.yaml:1:1: expected an object with apiVersion, kind and metadata",
            "c.yaml:7:14: clusterIP: \"x\" is not an IP address",
            "c.yaml:9:24: port: \"0\" is not a number from 1 to 65535");
  }

  @Test
  void messagesCarryNothingThatATerminalObeys() {
    var testbed =
        ManifestTestbed.of(Texts.service("\"w\\e[31m\\r\\n" + "x".repeat(500) + "\"", "x"));

    assertThat(testbed.problems().getFirst()).matches("[ -~]*").hasSizeLessThan(250);
  }
}
