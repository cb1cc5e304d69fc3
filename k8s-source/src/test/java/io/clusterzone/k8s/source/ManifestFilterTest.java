package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.text.LabelSelector;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The objects that the options let through, and the results of the simple kinds.
class ManifestFilterTest {
  private static final String WEB = Texts.headless("web");
  private static final String POD = Texts.pod("web-0", "web", "10.0.0.1");
  private static final String SLICE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: db-x, namespace: shop, labels: {kubernetes.io/service-name: db}}
      addressType: IPv4
      endpoints:
      - addresses: [10.0.0.9, 10.0.0.8]
        conditions: {ready: null}
        hostname: a
        targetRef: {kind: Pod, name: db-0}
        zone: eu-1a
      - {addresses: [10.0.0.7], conditions: {ready: false, serving: true}}
      ports: [{name: "", port: 1}, {name: sctp, protocol: SCTP, port: null}]
      """;

  private static final String IMPORT =
      """
      apiVersion: multicluster.x-k8s.io/v1alpha1
      kind: ServiceImport
      metadata: {name: web, namespace: shop}
      spec: {type: ClusterSetIP, ips: [10.42.0.1], ports: [{port: 80, protocol: TCP}]}
      """;

  private static ManifestOptions options(String labels, String namespaceLabels, Set<Kind> kinds) {
    return new ManifestOptions(
        LabelSelector.parse(labels), LabelSelector.parse(namespaceLabels), kinds, MadeOptions.NONE);
  }

  private static ManifestOptions labels(String selector) {
    return options(selector, "", EnumSet.allOf(Kind.class));
  }

  private static ManifestOptions namespaceLabels(String selector) {
    return options("", selector, EnumSet.allOf(Kind.class));
  }

  @Test
  void readsSlicesAsGiven() {
    assertThat(ManifestTestbed.of(SLICE).endpoints())
        .containsExactly(
            "db [10.0.0.9, 10.0.0.8] ready h=a p=db-0 z=eu-1a [=1/tcp, sctp=-1/sctp]",
            "db [10.0.0.7] unready h= p= z= [=1/tcp, sctp=-1/sctp]");
  }

  @Test
  void leavesOutSlicesOfNames() {
    var testbed =
        ManifestTestbed.of(
            SLICE.replace("IPv4", "FQDN").replaceAll("10\\.0\\.0\\.\\d", "a.example"));

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.ids()).containsExactly("NAMESPACE shop");
  }

  @Test
  void podsAndImportsAreReportedOnlyOnDemand() {
    assertThat(ManifestTestbed.of(ManifestOptions.DEFAULT, WEB, POD, IMPORT).ids())
        .containsExactly(
            "ENDPOINT_SLICE shop/web:pods:ipv4:http=8080/tcp",
            "NAMESPACE shop",
            "SERVICE shop/web");
    var all = ManifestTestbed.of(WEB, POD, IMPORT);
    assertThat(all.ids()).contains("POD shop/web-0", "SERVICE_IMPORT shop/web");
    assertThat(all.sink().all(ServiceImport.class))
        .singleElement()
        .asString()
        .contains(
            "headless=false, slicesAbsent=false, addresses=[10.42.0.1], ports=[Port[name=,"
                + " protocol=tcp, ");
  }

  @Test
  void endedPodsAndThoseOfUnknownPhaseAreNotReported() {
    for (String phase : List.of("Succeeded", "Failed", "Unknown")) {
      assertThat(ManifestTestbed.of(POD.replace("Running", phase)).ids())
          .containsExactly("NAMESPACE shop");
    }
  }

  @Test
  void labelsSelectServicesSlicesAndPods() {
    var testbed =
        ManifestTestbed.of(
            labels("app in (web)"),
            WEB.replace("shop}", "shop, labels: {app: web}}"),
            POD,
            SLICE,
            IMPORT);

    // A slice made for a Service carries the Service's labels. ServiceImports are of other
    // clusters.
    assertThat(testbed.ids())
        .containsExactly(
            "ENDPOINT_SLICE shop/web:pods:ipv4:http=8080/tcp",
            "NAMESPACE shop",
            "POD shop/web-0",
            "SERVICE shop/web",
            "SERVICE_IMPORT shop/web");
  }

  @Test
  void serviceThatLabelsHoldBackHasNoSlicesAndFreesNoAddress() {
    var testbed =
        ManifestTestbed.of(
            labels("tier"),
            WEB,
            POD,
            Texts.service("a", "10.96.0.1"),
            Texts.service("b", "10.96.0.1").replace("name: b", "name: b\n  labels: {tier: x}"));

    assertThat(testbed.ids()).containsExactly("NAMESPACE shop");
    assertThat(testbed.problems()).hasSize(1);
  }

  @Test
  void labelsSeeTheServiceNameOfSlices() {
    var testbed = ManifestTestbed.of(labels("kubernetes.io/service-name=web"), WEB, POD, SLICE);

    assertThat(testbed.ids())
        .containsExactly("ENDPOINT_SLICE shop/web:pods:ipv4:http=8080/tcp", "NAMESPACE shop");
  }

  @Test
  void namespaceLabelsHideOtherNamespaces() {
    String namespaces =
        """
        {apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {team: x}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: b, labels: {team: y}}}
        """;

    assertThat(ManifestTestbed.of(namespaceLabels("team=x"), namespaces, WEB).ids())
        .containsExactly("NAMESPACE a", "SERVICE shop/web");
    assertThat(ManifestTestbed.of(namespaceLabels("team!=x"), namespaces, WEB).ids())
        .containsExactly("NAMESPACE b", "NAMESPACE shop", "SERVICE shop/web");
  }

  @Test
  void everyNamespaceIsLabelledWithItsName() {
    String namespace =
        "{apiVersion: v1, kind: Namespace, metadata: {name: bazaar, labels: {team: x}}}";
    var options = namespaceLabels("kubernetes.io/metadata.name in (shop,bazaar)");

    assertThat(ManifestTestbed.of(options, namespace, WEB, WEB.replace("shop", "other")).ids())
        .contains("NAMESPACE bazaar", "NAMESPACE shop")
        .doesNotContain("NAMESPACE other");
  }

  @Test
  void namespaceGoesWithItsLastMention() {
    var testbed = ManifestTestbed.of(WEB, POD);
    testbed.put("a.yaml", "");
    assertThat(testbed.ids()).contains("NAMESPACE shop");

    testbed.put("b.yaml", "");
    assertThat(testbed.ids()).isEmpty();
  }

  @Test
  void definedNamespaceStaysWithoutMention() {
    var testbed =
        ManifestTestbed.of("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}", WEB);
    testbed.put("b.yaml", "");
    assertThat(testbed.ids()).containsExactly("NAMESPACE shop");

    testbed.put("a.yaml", "");
    assertThat(testbed.ids()).isEmpty();
  }
}
