package io.clusterzone.dns.report;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A report for tools that show problems beside the lines of a repository: SARIF 2.1.0 (OASIS
/// Standard), one run.
///
/// Columns count code points, as YAML's marks and the Corefile's do. The rules are all kinds of
/// problems, so that a rule has the same index in every report of one version.
final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private SarifReport() {}

  static String of(Report report) {
    Map<String, Object> driver =
        fields(
            "name",
            "clusterzone",
            "rules",
            Arrays.stream(ProblemKind.values()).map(SarifReport::rule).toList());
    Map<String, Object> run =
        fields(
            "tool", fields("driver", driver),
            "columnKind", "unicodeCodePoints",
            "results", report.problems().stream().map(SarifReport::result).toList());
    return JsonText.of(fields("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run)));
  }

  private static Map<String, Object> rule(ProblemKind kind) {
    return fields(
        "id", kind.code(),
        "shortDescription", fields("text", kind.sentence()),
        "fullDescription", fields("text", kind.advice()),
        "defaultConfiguration", fields("level", kind.level()));
  }

  @SuppressWarnings("EnumOrdinal") // the rules stand in the order of the enum
  private static Map<String, Object> result(Problem problem) {
    Map<String, Object> place = fields("artifactLocation", fields("uri", uri(problem.file())));
    if (problem.line() > 0) {
      Map<String, Object> region = fields("startLine", problem.line());
      if (problem.column() > 0) {
        region.put("startColumn", problem.column());
      }
      place.put("region", region);
    }
    return fields(
        "ruleId", problem.kind().code(),
        "ruleIndex", problem.kind().ordinal(),
        "level", problem.level(),
        "message", fields("text", problem.printableMessage()),
        "locations", List.of(fields("physicalLocation", place)));
  }

  /// A URI reference (RFC 3986): relative for a relative path.
  private static String uri(String file) {
    try {
      Path path = Path.of(file);
      boolean looksLikeScheme = !path.isAbsolute() && path.getName(0).toString().contains(":");
      return path.isAbsolute()
          ? path.toUri().toASCIIString()
          : new URI(null, null, looksLikeScheme ? "./" + path : path.toString(), null)
              .toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("every path can be quoted", e);
    }
  }

  private static Map<String, Object> fields(Object... namesAndValues) {
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return fields;
  }
}
