package io.clusterzone.dns.report;

import io.clusterzone.k8s.problem.Level;
import io.clusterzone.k8s.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/// A report for another program: every problem, and the counts.
final class JsonReport {
  private JsonReport() {}

  static String of(Report report) {
    var json = new LinkedHashMap<String, Object>();
    json.put("blocks", report.blocks());
    json.put("directives", report.directives());
    json.put("objects", report.objects());
    json.put("files", report.files());
    for (Level level : Level.values()) {
      json.put(level + "s", report.count(level));
    }
    json.put("problems", report.problems().stream().map(JsonReport::problem).toList());
    return JsonText.of(json);
  }

  private static Map<String, Object> problem(Problem problem) {
    var json = new LinkedHashMap<String, Object>();
    json.put("code", problem.kind().code());
    json.put("level", problem.level());
    json.put("file", problem.file());
    if (problem.line() > 0) {
      json.put("line", problem.line());
    }
    if (problem.column() > 0) {
      json.put("column", problem.column());
    }
    json.put("text", problem.printableMessage());
    return json;
  }
}
