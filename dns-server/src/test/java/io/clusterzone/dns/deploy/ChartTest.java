package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The chart as Helm takes it, and what an API server would say about the objects that it makes.
final class ChartTest {
  /// Of CoreDNS's chart 1.46.2, by the table in its README; what ends with a dot is all below.
  private static final String DOCUMENTED =
      """
      image.repository image.tag image.pullPolicy image.pullSecrets replicaCount
      resources.limits.cpu resources.limits.memory resources.requests.cpu resources.requests.memory
      serviceType prometheus.service.enabled prometheus.service.annotations
      prometheus.service.selector prometheus.monitor.enabled prometheus.monitor.additionalLabels
      prometheus.monitor.namespace prometheus.monitor.interval prometheus.monitor.scrapeTimeout
      prometheus.monitor.scheme prometheus.monitor.honorLabels prometheus.monitor.tlsConfig
      prometheus.monitor.relabelings prometheus.monitor.metricRelabelings prometheus.monitor.selector
      service.clusterIP service.clusterIPs service.loadBalancerIP service.externalIPs
      service.externalTrafficPolicy service.ipFamilyPolicy service.annotations service.selector
      service.trafficDistribution serviceAccount.create serviceAccount.name rbac.create
      rbac.pspEnable rbac.multiclusterEnable isClusterService priorityClassName securityContext
      servers livenessProbe.enabled livenessProbe.initialDelaySeconds livenessProbe.periodSeconds
      livenessProbe.timeoutSeconds livenessProbe.failureThreshold livenessProbe.successThreshold
      readinessProbe.enabled readinessProbe.initialDelaySeconds readinessProbe.periodSeconds
      readinessProbe.timeoutSeconds readinessProbe.failureThreshold readinessProbe.successThreshold
      affinity nodeSelector tolerations zoneFiles extraContainers extraVolumes extraVolumeMounts
      extraSecrets env customLabels customAnnotations rollingUpdate.maxUnavailable
      rollingUpdate.maxSurge podDisruptionBudget podAnnotations podLabels dnsConfig
      terminationGracePeriodSeconds hpa.enabled hpa.minReplicas hpa.maxReplicas hpa.metrics
      autoscaler.enabled autoscaler.coresPerReplica autoscaler.nodesPerReplica autoscaler.min
      autoscaler.max autoscaler.includeUnschedulableNodes autoscaler.preventSinglePointFailure
      autoscaler.customFlags autoscaler.image.repository autoscaler.image.tag
      autoscaler.image.pullPolicy autoscaler.image.pullSecrets autoscaler.priorityClassName
      autoscaler.affinity autoscaler.nodeSelector autoscaler.tolerations
      autoscaler.podSecurityContext autoscaler.securityContext autoscaler.resources.limits.cpu
      autoscaler.resources.limits.memory autoscaler.resources.requests.cpu
      autoscaler.resources.requests.memory autoscaler.configmap.annotations
      autoscaler.livenessProbe.enabled autoscaler.livenessProbe.initialDelaySeconds
      autoscaler.livenessProbe.periodSeconds autoscaler.livenessProbe.timeoutSeconds
      autoscaler.livenessProbe.failureThreshold autoscaler.livenessProbe.successThreshold
      autoscaler.extraContainers deployment.enabled deployment.name deployment.annotations
      deployment.selector deployment.dnsPolicy deployment.dnsConfig clusterRole.nameOverride\
      """;

  @TempDir Path directory;

  static List<Path> values() throws IOException {
    return Chart.valuesFiles();
  }

  @Test
  void passesTheStrictLintOfHelm() {
    assertThat(Chart.lint().isFailed()).as(Chart.lint().getMessages().toString()).isFalse();
  }

  @Test
  void isOfTheVersionOfTheServer() throws IOException {
    Map<String, Object> chart =
        Chart.parse(Files.readString(Chart.DEPLOY.resolve("chart/Chart.yaml"))).getFirst();
    assertThat(Files.readString(Path.of("../pom.xml")))
        .contains("<artifactId>clusterzone</artifactId>\n  <version>" + chart.get("appVersion"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void makesObjectsWithoutAFault(Path values) {
    assertThat(Chart.objects(values)).isNotEmpty().flatMap(StrictObjects::faults).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("values")
  void makesNoTwoObjectsOfOneName(Path values) {
    assertThat(Chart.objects(values))
        .extracting(object ->
            object.get("kind")
                + " "
                + Tree.text(object, "metadata namespace")
                + "/"
                + Tree.text(object, "metadata name"))
        .doesNotHaveDuplicates();
  }

  @Test
  void knowsEveryValueThatTheChartOfCoreDnsDocuments() throws IOException {
    Path file = Chart.VALUES.resolve("documented.yaml");
    Map<String, Object> given = Chart.parse(Files.readString(file)).getFirst();
    assertThat(Arrays.asList(DOCUMENTED.split("\\s+", -1)))
        .hasSize(113)
        .allMatch(
            name -> !Tree.values(given, name.replace('.', ' ')).isEmpty() || isEmpty(given, name));
  }

  private static boolean isEmpty(Map<String, Object> given, String name) {
    return name.equals("hpa.metrics") || (name.equals("dnsConfig") && given.containsKey(name));
  }

  /// Each text and number of that file is one that nothing else has. The number of replicas is the
  /// autoscaler's there.
  @Test
  void usesEachOfThoseValues() throws IOException {
    Path file = Chart.VALUES.resolve("documented.yaml");
    Map<String, Object> given = Chart.parse(Files.readString(file)).getFirst();
    String rendered = Chart.text(file);
    assertThat(
            Tree.leaves(given)
                .filter(leaf -> leaf.matches(".*[0-9]{4}.*|.*v-.*") && !leaf.equals("1001"))
                .map(leaf -> leaf.replaceAll("\\{\\{.*}}|\\*.*", "")))
        .hasSizeGreaterThan(98)
        .filteredOn(leaf -> !rendered.contains(leaf))
        .isEmpty();
    assertThat(rendered).contains("dns-affine", "v-name-spread", "coredns/Corefile");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicaCont: 2 | replicaCont",
        "replicaCount: two | /replicaCount",
        "service: {clusterIp: 10.96.0.10} | clusterIp",
        "prometheus: {monitor: {enable: true}} | enable",
        "servers: [{plugins: [{nam: errors}]}] | nam",
        "servers: [{zones: [{zone: ., scheme: 'tls://'}], plugins: [{name: errors}]}] | /scheme",
        "servers: [{port: 70000, plugins: [{name: errors}]}] | /port",
        "podLabels: {count: 3} | /podLabels/count",
        "rollingUpdate: {maxSurge: some} | /maxSurge",
        "autoscaler: {image: {registry: example.org}} | registry",
        "livenessProbe: {enabled: 'yes'} | /livenessProbe/enabled",
        "deployment: {dnsPolicy: None} | deployment.dnsConfig",
      })
  void namesTheValueThatIsWrong(String values, String field) throws IOException {
    Path file = Files.writeString(directory.resolve("values.yaml"), values);
    assertThatThrownBy(() -> Chart.text(file)).hasMessageContaining(field);
  }

  @Test
  void makesTheClustersServiceInItsNamespaceOnly() {
    Path values = Chart.VALUES.resolve("managed.yaml");
    assertThatThrownBy(() -> Chart.render("dns", "default", values))
        .hasMessageContaining("helm --namespace kube-system");
  }

  /// In a values file a key without a value stands for nothing.
  @Test
  void takesKeysWithoutAValue() throws IOException {
    Path file = directory.resolve("values.yaml");
    Files.writeString(
        file,
        """
        podAnnotations:
        podLabels:
        affinity:
        tolerations:
        nodeSelector:
        customLabels:
        customAnnotations:
        extraConfig:
        zoneFiles:
        extraVolumes:
        podSecurityContext:
        securityContext:
        resources:
        podDisruptionBudget:
        topologySpreadConstraints:
        env:
        terminationGracePeriodSeconds:
        service: {annotations: , selector: , clusterIP: , trafficDistribution: }
        serviceAccount: {annotations: , name: }
        deployment: {annotations: , selector: , dnsConfig: }
        prometheus:
          service: {enabled: true, annotations: , selector: }
          monitor: {enabled: true, additionalLabels: , tlsConfig: , relabelings: }
          podMonitor: {enabled: true, additionalLabels: }
          rules: {enabled: true, additionalLabels: }
          dashboards: {enabled: true, labels: , annotations: }
        autoscaler:
          enabled: true
          podAnnotations:
          podSecurityContext:
          securityContext:
          customFlags:
          configmap: {annotations: }
        image: {tag: , pullSecrets: }
        servers: [{plugins: [{name: errors, parameters: , configBlock: }]}]
        """);
    assertThat(Chart.parse(Chart.text(file))).hasSizeGreaterThan(10);
    assertThat(Chart.parse(Chart.text(file))).flatMap(StrictObjects::faults).isEmpty();
  }

  /// Also a value that is false, 0 or empty.
  @Test
  void letsWhatIsGivenGoOverTheSecurityContextOfThePod() throws IOException {
    Path file = directory.resolve("values.yaml");
    Files.writeString(
        file, "podSecurityContext: {runAsNonRoot: false, runAsUser: 0, sysctls: []}\n");
    assertThat(Chart.parse(Chart.text(file)))
        .flatMap(object -> Tree.maps(object, "spec template spec securityContext"))
        .singleElement()
        .satisfies(context ->
            assertThat(context)
                .containsEntry("runAsNonRoot", false)
                .containsEntry("runAsUser", 0)
                .containsEntry("sysctls", List.of())
                .containsEntry("runAsGroup", 65532));
  }

  /// Two scalers of one Deployment would fight.
  @Test
  void makesNoScalerWhereTwoAreAskedFor() throws IOException {
    Path file = directory.resolve("values.yaml");
    Files.writeString(file, "hpa: {enabled: true}\nautoscaler: {enabled: true}\n");
    assertThat(Chart.parse(Chart.text(file)))
        .extracting(object -> Tree.text(object, "kind"))
        .doesNotContain("HorizontalPodAutoscaler")
        .containsOnlyOnce("Deployment");
  }

  /// Without its values there is nothing left of a part.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rbac: {create: false} | ClusterRole",
        "serviceAccount: {create: false} | ServiceAccount",
        "defaultPodDisruptionBudget: false | PodDisruptionBudget",
        "deployment: {skipConfig: true} | ConfigMap",
        "deployment: {enabled: false} | Deployment",
      })
  void leavesOutWhatIsNotWanted(String values, String kind) throws IOException {
    Path file = Files.writeString(directory.resolve("values.yaml"), values);
    assertThat(kinds(Chart.VALUES.resolve("defaults.yaml"))).contains(kind);
    assertThat(kinds(file)).doesNotContain(kind);
  }

  private static Set<String> kinds(Path values) {
    var kinds = new HashSet<String>();
    Stream<Map<String, Object>> objects = Chart.parse(Chart.text(values)).stream();
    objects.map(object -> String.valueOf(object.get("kind"))).forEach(kinds::add);
    return kinds;
  }
}
