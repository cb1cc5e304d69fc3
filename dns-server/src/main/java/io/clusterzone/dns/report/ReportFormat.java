package io.clusterzone.dns.report;

import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/// The ways to write a report.
public enum ReportFormat {
  TEXT {
    @Override
    public String write(Report report, Ansi colour) {
      return TextReport.of(report, colour);
    }
  },
  JSON {
    @Override
    public String write(Report report, Ansi colour) {
      return JsonReport.of(report);
    }
  },
  SARIF {
    @Override
    public String write(Report report, Ansi colour) {
      return SarifReport.of(report);
    }
  };

  /// As it is typed.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The report, with a line feed at its end.
  public abstract String write(Report report, Ansi colour);
}
