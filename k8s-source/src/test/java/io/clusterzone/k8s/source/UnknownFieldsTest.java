package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Fields and kinds that nobody has: each is a warning, and what is right beside it is served.
final class UnknownFieldsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {metadata: {name: x}, spec: {clusterIp: None, ports: [{port: 1}]}} | clusterIp: a Service has no such field in spec; did you mean "clusterIP"?
          {metadata: {name: x}, spec: {selctor: {app: x}, ports: [{port: 1}]}} | selctor: a Service has no such field in spec; did you mean "selector"?
          {metadata: {name: x}, spec: {ports: [{port: 1, targetport: 2}]}} | targetport: a Service has no such field in spec.ports; did you mean "targetPort"?
          {metadata: {name: x, lables: {a: b}}, spec: {ports: [{port: 1}]}} | lables: a Service has no such field in metadata; did you mean "labels"?
          {metadata: {name: x}, spec: {replicas: 3, ports: [{port: 1}]}} | replicas: a Service has no such field in spec
          {metadata: {name: x, selector: {a: b}}, spec: {ports: [{port: 1}]}} | selector: a Service has no such field in metadata
          {metadata: {name: x}, sepc: {}, spec: {ports: [{port: 1}]}} | sepc: a Service has no such field; did you mean "spec"?
          """)
  void warnsAndServesTheRest(String object, String expected) {
    var testbed = ManifestTestbed.of(service(object));

    assertThat(testbed.problems()).singleElement().asString().contains(expected);
    assertThat(testbed.ids()).contains("SERVICE default/x");
  }

  private static String service(String object) {
    return "{apiVersion: v1, kind: Service, " + object.substring(1);
  }

  @Test
  void placesThemWhereTheyStand() {
    assertThat(
            ManifestTestbed.of(Texts.service("web", "x").replace("clusterIP: x", "clusterIp: None"))
                .problems())
        .singleElement()
        .asString()
        .startsWith("a.yaml:7:3: clusterIp:");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      textBlock =
          """
          v1, Servise, Service
          v1, service, Service
          v1, Endpoint, Endpoints
          discovery.k8s.io/v1, EndpointSlices, EndpointSlice
          """)
  void warnsOfAKindThatIsNearlyOneThatIsServed(String version, String kind, String near) {
    assertThat(ManifestTestbed.of(object(version, kind)).problems())
        .singleElement()
        .asString()
        .contains("there is no " + kind + " in " + version + "; did you mean " + near + "?");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      textBlock =
          """
          serving.knative.dev/v1, Service
          serving.knative.dev/v1, Servise
          v1, ConfigMap
          v1, Event
          apps/v1, Deployment
          """)
  void saysNothingOfKindsOfOthers(String version, String kind) {
    assertThat(ManifestTestbed.of(object(version, kind)).problems()).isEmpty();
  }

  private static String object(String version, String kind) {
    return "{apiVersion: %s, kind: %s, metadata: {name: x, lables: {}}, specs: {clusterIp: 1}}"
        .formatted(version, kind);
  }

  @Test
  void newFieldsOfKindsThatGrowAreNone() {
    assertThat(
            ManifestTestbed.of(
                    "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {brandNew: 1, hostname: a}}")
                .problems())
        .isEmpty();
    assertThat(
            ManifestTestbed.of(
                    "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {subdomian: a}}")
                .problems())
        .singleElement()
        .asString()
        .contains("did you mean \"subdomain\"?");
  }

  @Test
  void aFileOfSomethingElseIsOneNote() {
    var testbed =
        ManifestTestbed.of("replicas: 3\nimage: {tag: x}\n---\nmore: values\n", "[1, 2]", "text");

    assertThat(testbed.problems())
        .containsExactly(
            "a.yaml:1:1: expected an object with apiVersion, kind and metadata",
            "b.yaml:1:1: expected an object with apiVersion, kind and metadata",
            "c.yaml:1:1: expected an object with apiVersion, kind and metadata");
  }
}
