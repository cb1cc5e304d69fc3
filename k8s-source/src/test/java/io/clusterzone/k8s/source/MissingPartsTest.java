package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parts that files lack and a cluster would have beside them.
final class MissingPartsTest {
  private static final String POD =
      "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: shop, labels: {app: web}},"
          + " status: {podIP: 10.0.0.1}}";

  private static String service(String spec) {
    return "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {%s}}"
        .formatted(spec);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ports: [{port: 80}] | NO_ADDRESS Service shop/web has no address
          selector: {app: web}, ports: [{port: 80}] | NO_ADDRESS Service shop/web has no address
          clusterIP: 10.96.0.1, selector: {app: wbe}, ports: [{port: 80}] | SELECTOR_WITHOUT_PODS the selector of Service shop/web matches no Pod
          clusterIP: None, selector: {app: wbe} | HEADLESS_WITHOUT_PODS headless Service shop/web has no names: its selector matches no Pod
          clusterIP: None | HEADLESS_WITHOUT_PODS headless Service shop/web has no names: it has no selector
          """)
  void saysWhatAServiceLacks(String spec, String expected) {
    assertThat(ManifestTestbed.of(service(spec), POD).missing())
        .singleElement()
        .asString()
        .startsWith(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clusterIP: 10.96.0.1, selector: {app: web}, ports: [{port: 80}]
          clusterIP: 10.96.0.1, ports: [{port: 80}]
          clusterIP: None, selector: {app: web}
          type: ExternalName, externalName: db.example
          """)
  void saysNothingOfAServiceThatLacksNothing(String spec) {
    assertThat(ManifestTestbed.of(service(spec), POD).missing()).isEmpty();
  }

  @Test
  void aNamespaceWithoutPodsHasNoneToSelect() {
    assertThat(
            ManifestTestbed.of(
                    service("clusterIP: 10.96.0.1, selector: {app: web}, ports: [{port: 80}]"))
                .missing())
        .isEmpty();
  }

  @Test
  void podsWithoutAddressesAreNamedAsTheReason() {
    assertThat(
            ManifestTestbed.of(
                    service("clusterIP: None, selector: {app: web}"),
                    POD.replace("podIP: 10.0.0.1", "phase: Pending"))
                .missing())
        .singleElement()
        .asString()
        .endsWith("the Pods that it selects have no podIP");
  }

  @Test
  void isSolvedByALaterFileAndComesBackWithItsEnd() {
    var testbed = new ManifestTestbed(ManifestTestbed.ALL);
    testbed.put("a.yaml", service("clusterIP: None, selector: {app: web}"));
    assertThat(testbed.missing()).hasSize(1);
    assertThat(testbed.put("b.yaml", POD).missing()).isEmpty();
    assertThat(testbed.put("b.yaml", "").missing()).hasSize(1);
    assertThat(testbed.put("a.yaml", "").missing()).isEmpty();
  }
}
