package io.clusterzone.dns.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine.Help.Ansi;

/// Each format, read back by an independent parser where it is one for programs.
final class ReportFormatTest {
  private static final String ODD = "\"quoted\" \\ \t \u0001 \ud83d\ude00 ä";

  private static Report report(Problem... problems) {
    return new Report(2, 9, 21, 10, List.of(problems));
  }

  private static Problem problem(String file, int line, int column) {
    return new Problem(ProblemKind.FIELD, file, line, column, ODD);
  }

  private static Object load(ReportFormat format, Report report) {
    return new Load(LoadSettings.builder().build()).loadFromString(format.write(report, Ansi.OFF));
  }

  private static Object at(Object json, Object... path) {
    Object value = json;
    for (Object step : path) {
      @Nullable Object part =
          step instanceof Integer i ? ((List<?>) value).get(i) : ((Map<?, ?>) value).get(step);
      value = Objects.requireNonNull(part);
    }
    return value;
  }

  @Test
  void textEndsWithWhatWasLookedAt() {
    assertThat(ReportFormat.TEXT.write(report(), Ansi.OFF))
        .isEqualTo("2 blocks, 9 directives; 21 objects in 10 files; no problems\n");
    assertThat(
            ReportFormat.TEXT.write(
                new Report(1, 1, 1, 1, List.of(problem("a.yaml", 1, 2))), Ansi.OFF))
        .endsWith("1 block, 1 directive; 1 object in 1 file; 1 error\n");
  }

  @Test
  void textHasColoursWhereTheyAreWanted() {
    Report report = report(new Problem(ProblemKind.FIELD, "a.yaml", 1, 2, "wrong"));
    assertThat(ReportFormat.TEXT.write(report, Ansi.OFF))
        .startsWith("a.yaml:1:2: error: wrong [CZ0203]\n");
    assertThat(ReportFormat.TEXT.write(report, Ansi.ON))
        .contains("\u001b[0m")
        .doesNotContain("\u001b[21m")
        .matches("(?s).*\u001b\\[[0-9;]*31m.*error:.*");
  }

  @Test
  void jsonHasEveryProblemAndTheCounts() {
    Object json = load(ReportFormat.JSON, report(problem("a.yaml", 3, 4), problem("b.yaml", 0, 0)));
    assertThat(at(json, "errors")).isEqualTo(2);
    assertThat(at(json, "objects")).isEqualTo(21);
    assertThat(at(json, "problems", 0))
        .isEqualTo(
            Map.of(
                "code",
                "CZ0203",
                "level",
                "error",
                "file",
                "a.yaml",
                "line",
                3,
                "column",
                4,
                "text",
                ODD.replace('\t', '?').replace('\u0001', '?')));
    assertThat(((Map<?, ?>) at(json, "problems", 1)).keySet().toString())
        .doesNotContain("line", "column");
  }

  @Test
  void sarifHasARuleForEveryCodeAndAPlaceForEveryResult() {
    Object sarif = load(ReportFormat.SARIF, report(problem("a.yaml", 3, 4), problem("b", 0, 0)));
    assertThat(at(sarif, "version")).isEqualTo("2.1.0");
    assertThat((List<?>) at(sarif, "runs", 0, "tool", "driver", "rules"))
        .hasSameSizeAs(ProblemKind.values());
    Object result = at(sarif, "runs", 0, "results", 0);
    int rule = (Integer) at(result, "ruleIndex");
    assertThat(at(sarif, "runs", 0, "tool", "driver", "rules", rule, "id")).isEqualTo("CZ0203");
    assertThat(at(result, "locations", 0, "physicalLocation", "region"))
        .isEqualTo(Map.of("startLine", 3, "startColumn", 4));
    Object place = at(sarif, "runs", 0, "results", 1, "locations", 0, "physicalLocation");
    assertThat(((Map<?, ?>) place).keySet().toString()).doesNotContain("region");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          deploy/web.yaml, deploy/web.yaml
          a b/ä.yaml, a%20b/%C3%A4.yaml
          a:b.yaml, ./a:b.yaml
          /etc/x.yaml, file:///etc/x.yaml
          100%.yaml, 100%25.yaml
          """)
  void sarifQuotesPathsAsUris(String file, String uri) {
    Object sarif = load(ReportFormat.SARIF, report(problem(file, 1, 1)));
    assertThat(
            at(
                sarif,
                "runs",
                0,
                "results",
                0,
                "locations",
                0,
                "physicalLocation",
                "artifactLocation",
                "uri"))
        .isEqualTo(uri);
  }
}
