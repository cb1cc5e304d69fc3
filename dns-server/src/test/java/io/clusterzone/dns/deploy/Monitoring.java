package io.clusterzone.dns.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/// The kinds of the Prometheus operator, as far as the chart may write them.
final class Monitoring {
  private Monitoring() {}

  record ServiceMonitor(String apiVersion, String kind, ObjectMeta metadata, ServiceSpec spec) {}

  record ServiceSpec(
      Namespaces namespaceSelector, LabelSelector selector, List<Endpoint> endpoints) {}

  record PodMonitor(String apiVersion, String kind, ObjectMeta metadata, PodSpec spec) {}

  record PodSpec(
      Namespaces namespaceSelector, LabelSelector selector, List<Endpoint> podMetricsEndpoints) {}

  record Namespaces(List<String> matchNames) {}

  record Endpoint(
      String port,
      String interval,
      String scrapeTimeout,
      String scheme,
      Boolean honorLabels,
      Map<String, Object> tlsConfig,
      List<Relabeling> relabelings,
      List<Relabeling> metricRelabelings) {}

  record Relabeling(
      List<String> sourceLabels,
      String separator,
      String targetLabel,
      String regex,
      Long modulus,
      String replacement,
      String action) {}

  record PrometheusRule(String apiVersion, String kind, ObjectMeta metadata, RuleSpec spec) {}

  record RuleSpec(List<Group> groups) {}

  record Group(String name, String interval, List<Rule> rules) {}

  record Rule(
      String alert,
      String record,
      String expr,
      @JsonProperty("for") String pending,
      Map<String, String> labels,
      Map<String, String> annotations) {}
}
