package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Endpoints objects, as the mirroring controller makes slices of them.
class MirroredSlicesTest {
  private static final String DB = Texts.service("db", "10.96.0.5");
  private static final String ENDPOINTS =
      """
      apiVersion: v1
      kind: Endpoints
      metadata:
        name: db
        namespace: shop
      subsets:
      - addresses:
        - {ip: 192.0.2.1, hostname: a, targetRef: {kind: Pod, name: db-0}}
        - {ip: "2001:db8::1"}
        notReadyAddresses:
        - {ip: 192.0.2.2}
        ports:
        - {name: http, port: 5432}
      - addresses:
        - {ip: 192.0.2.3}
      """;

  @Test
  void mirrorsEachSubsetByFamily() {
    var testbed = ManifestTestbed.of(DB, ENDPOINTS);

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.endpoints())
        .containsExactly(
            "db [192.0.2.1] ready h=a p=db-0 z= [http=5432/tcp]",
            "db [192.0.2.2] unready h= p= z= [http=5432/tcp]",
            "db [192.0.2.3] ready h= p= z= []",
            "db [2001:db8::1] ready h= p= z= [http=5432/tcp]");
  }

  /// "The control plane mirrors Endpoints resources unless: it has a skip-mirror label set to true,
  /// a leader annotation, the Service does not exist, or it has a selector."
  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          namespace: shop | namespace: bazaar | 0
          name: db | name: other | 0
          name: db | `name: db\n  labels: {endpointslice.kubernetes.io/skip-mirror: "true"}` | 0
          name: db | `name: db\n  labels: {endpointslice.kubernetes.io/skip-mirror: "false"}` | 4
          name: db | `name: db\n  annotations: {control-plane.alpha.kubernetes.io/leader: x}` | 0
          """)
  void mirrorsUnlessTheControllerWouldNot(String field, String replacement, int endpoints) {
    var testbed =
        ManifestTestbed.of(DB, ENDPOINTS.replaceFirst(field, replacement.replace("\\n", "\n")));

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.endpoints()).hasSize(endpoints);
  }

  @Test
  void doesNotMirrorForServiceWithSelector() {
    var testbed = ManifestTestbed.of(Texts.headless("db"), ENDPOINTS);

    assertThat(testbed.endpoints()).isEmpty();
  }

  @Test
  void slicesOfOneAuthorStandBesideTheMirrorButItsOwnReplaceIt() {
    String slice =
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: db-x
          namespace: shop
          labels: {kubernetes.io/service-name: db}
        addressType: IPv4
        endpoints: [{addresses: [10.9.9.9]}]
        """;
    var testbed = ManifestTestbed.of(DB, ENDPOINTS, slice);
    assertThat(testbed.endpoints()).hasSize(5);

    testbed.put(
        "c.yaml",
        slice.replace(
            "name: db}",
            "name: db, endpointslice.kubernetes.io/managed-by: "
                + "endpointslicemirroring-controller.k8s.io}"));
    assertThat(testbed.endpoints()).containsExactly("db [10.9.9.9] ready h= p= z= []");
  }

  @Test
  void followsServiceAndEndpointsAsTheyComeAndGo() {
    var testbed = ManifestTestbed.of(ENDPOINTS);
    assertThat(testbed.endpoints()).isEmpty();

    testbed.put("b.yaml", DB);
    assertThat(testbed.endpoints()).hasSize(4);

    testbed.put("a.yaml", ENDPOINTS.replace("192.0.2.3", "192.0.2.4"));
    assertThat(testbed.endpoints()).anyMatch(line -> line.contains("192.0.2.4"));

    testbed.put("a.yaml", "");
    assertThat(testbed.endpoints()).isEmpty();
  }
}
