package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The alerts and dashboards, against the metrics that there are and against Prometheus.
final class MonitoringTest {
  private static final Path CHART = Chart.DEPLOY.resolve("chart");
  private static final Path RULES = CHART.resolve("rules/clusterzone.yaml");
  private static final Path RULE_TESTS = CHART.resolve("rules/tests/clusterzone.yaml");
  private static final Path DASHBOARD = CHART.resolve("dashboards/clusterzone.json");

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:clusterzone|coredns|process|jvm)_[a-z_]+\\b");
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| \\w+ \\| ([\\w, ]*) \\|.*");
  private static final Pattern BY =
      Pattern.compile("\\bby \\(([^)]*)\\)\\s*\\((?:rate\\()?((?:clusterzone|coredns|jvm)_\\w+)");

  /// What Prometheus adds to all series, and the bounds of histograms.
  private static final Set<String> ADDED = Set.of("job", "instance", "namespace", "le");

  @TempDir Path directory;

  /// The labels of each metric.
  private static Map<String, Set<String>> metrics() throws IOException {
    var metrics = new TreeMap<String, Set<String>>();
    for (String line : Files.readAllLines(Path.of("METRICS.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        metrics.put(row.group(1), Set.of(row.group(2).split(", ", -1)));
      }
    }
    return metrics;
  }

  private static String base(String series) {
    return series.replaceFirst("_(bucket|count|sum)$", "");
  }

  private static List<String> panelQueries() throws IOException {
    Map<String, Object> dashboard = Chart.parse(Files.readString(DASHBOARD)).getFirst();
    return Tree.texts(dashboard, "panels targets expr");
  }

  private static List<String> alertQueries() throws IOException {
    return Tree.texts(Chart.parse(Files.readString(RULES)).getFirst(), "groups rules expr");
  }

  private static List<String> allQueries() throws IOException {
    var all = new ArrayList<>(panelQueries());
    all.addAll(alertQueries());
    assertThat(all).hasSizeGreaterThan(30);
    return all;
  }

  @Test
  void asksForMetricsThatThereAre() throws IOException {
    Set<String> known = metrics().keySet();
    for (String query : allQueries()) {
      assertThat(METRIC.matcher(query).results().map(found -> base(found.group())))
          .as(query)
          .isNotEmpty()
          .isSubsetOf(known);
    }
  }

  @Test
  void groupsByLabelsThatThoseMetricsHave() throws IOException {
    Map<String, Set<String>> metrics = metrics();
    for (String query : allQueries()) {
      Matcher by = BY.matcher(query);
      while (by.find()) {
        Set<String> labels = new TreeSet<>(metrics.get(base(by.group(2))));
        labels.addAll(ADDED);
        assertThat(by.group(1).split(", ", -1)).as(query).isSubsetOf(labels);
      }
    }
  }

  @Test
  void testsEachAlertForSilenceAndForItsText() throws IOException {
    Map<String, Object> tests = Chart.parse(Files.readString(RULE_TESTS)).getFirst();
    List<String> alerts =
        Tree.texts(Chart.parse(Files.readString(RULES)).getFirst(), "groups rules alert");
    assertThat(Tree.maps(tests, "tests alert_rule_test"))
        .extracting(test -> test.get("alertname") + " " + Tree.values(test, "exp_alerts").size())
        .containsAll(alerts.stream().map(name -> name + " 0").toList())
        .containsAll(alerts.stream().map(name -> name + " 1").toList());
  }

  @Test
  void raisesItsAlerts() throws Exception {
    Tool.need("promtool");
    assertThat(Tool.run("promtool", "test", "rules", RULE_TESTS.toString())).contains("SUCCESS");
  }

  /// As recording rules, since nothing else of that tool reads queries.
  @Test
  void asksPanelsInTheLanguageOfPrometheus() throws Exception {
    Tool.need("promtool");
    var rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
    List<String> queries = panelQueries();
    for (int i = 0; i < queries.size(); i++) {
      String query = queries.get(i).replace("$__rate_interval", "5m").replace("'", "''");
      rules.append("  - {record: 'panel:%d', expr: '%s'}\n".formatted(i, query));
    }
    Path file = Files.writeString(directory.resolve("rules.yaml"), rules);
    assertThat(Tool.run("promtool", "check", "rules", file.toString()))
        .contains("SUCCESS: " + queries.size() + " rules found");
  }
}
