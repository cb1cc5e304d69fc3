package io.clusterzone.dns.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page METRICS.md and what a scrape shows are the same. With `-Dmetrics.page=write` it is
/// written anew.
final class MetricsPageTest {
  private static final Path PAGE = Path.of("METRICS.md");

  private static final String HEAD =
      """
      # Metrics

      The directive `prometheus` shows them at `/metrics`, in Prometheus's text format 0.0.4. Names that begin with
      `coredns_` have the labels and buckets of CoreDNS, so that its dashboards and alerts go on working. A series comes
      into being with its first event. `view` is always empty, the zone `dropped` is that of queries which no server
      block takes, and types and response codes beyond the usual ones count as `other`.

      | metric | type | labels | what it is |
      |---|---|---|---|
      """;

  @Test
  void thePageSaysWhatAScrapeShows() throws IOException {
    String rows =
        new TreeMap<>(Exposition.parse(MetricCatalogueTest.text()))
            .entrySet().stream().map(MetricsPageTest::row).collect(Collectors.joining());
    if ("write".equals(System.getProperty("metrics.page"))) {
      Files.writeString(PAGE, HEAD + rows);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(HEAD + rows);
  }

  private static String row(Map.Entry<String, Exposition.Family> family) {
    Set<String> labels = new TreeSet<>();
    family.getValue().samples().forEach(sample -> labels.addAll(sample.labels().keySet()));
    labels.remove("le");
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            family.getKey(),
            family.getValue().type(),
            String.join(", ", labels),
            family.getValue().help());
  }
}
