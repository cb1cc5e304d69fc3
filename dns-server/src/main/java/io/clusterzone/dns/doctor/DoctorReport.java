package io.clusterzone.dns.doctor;

import io.clusterzone.dns.report.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Findings for a person and for a program. Stateless.
public final class DoctorReport {
  private DoctorReport() {}

  /// A line for each section, and below it what failed with what to do, and what was not looked at.
  public static String text(List<Finding> findings) {
    var text = new StringBuilder();
    for (Section section : Section.values()) {
      List<Finding> own = findings.stream().filter(one -> one.section() == section).toList();
      if (!own.isEmpty()) {
        section(section, own, text);
      }
    }
    return text.append(summary(findings)).append('\n').toString();
  }

  private static void section(Section section, List<Finding> own, StringBuilder text) {
    long failed = count(own, Finding.State.FAILED);
    long passed = count(own, Finding.State.PASSED);
    String mark = failed > 0 ? "FAIL" : passed > 0 ? "ok  " : "skip";
    text.append(mark).append("  ").append(section.title());
    text.append(": ").append(passed).append(" passed");
    text.append(failed > 0 ? ", " + failed + " failed" : "").append('\n');
    for (Finding finding : own) {
      if (finding.is(Finding.State.FAILED)) {
        text.append("      ").append(line(finding)).append('\n');
        text.append("        -> ").append(printable(finding.advice())).append('\n');
      } else if (finding.is(Finding.State.SKIPPED)) {
        text.append("      not looked at: ").append(line(finding)).append('\n');
      }
    }
  }

  private static String line(Finding finding) {
    return printable(finding.check() + ": " + finding.text());
  }

  /// In one line that no terminal obeys: texts come from servers.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static String summary(List<Finding> findings) {
    List<String> parts = new ArrayList<>();
    parts.add(count(findings, Finding.State.PASSED) + " checks passed");
    parts.add(count(findings, Finding.State.FAILED) + " failed");
    parts.add(count(findings, Finding.State.SKIPPED) + " not looked at");
    return String.join(", ", parts);
  }

  private static long count(List<Finding> findings, Finding.State state) {
    return findings.stream().filter(finding -> finding.is(state)).count();
  }

  /// Every check: `{"well": ..., "checks": [{"section", "check", "state", "text", "advice"}]}`.
  public static String json(List<Finding> findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("well", Doctor.isWell(findings));
    json.put("checks", findings.stream().map(DoctorReport::fields).toList());
    return JsonText.of(json);
  }

  private static Map<String, Object> fields(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("section", finding.section());
    fields.put("check", finding.check());
    fields.put("state", finding.state());
    fields.put("text", finding.text());
    if (!finding.advice().isEmpty()) {
      fields.put("advice", finding.advice());
    }
    return fields;
  }
}
