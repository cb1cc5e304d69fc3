package io.clusterzone.dns.cli;

import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.compare.report.Baseline;
import io.clusterzone.dns.compare.report.Compared;
import io.clusterzone.dns.compare.report.HtmlReport;
import io.clusterzone.dns.compare.report.JsonReport;
import io.clusterzone.dns.compare.report.TextReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/// The form in which a comparison is told, and the earlier one that it is measured against.
final class CompareOutput {
  @Option(names = "--details", description = "Print each difference with both answers.")
  private boolean details;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "How to print it: for a person, or for a script. Default: ${DEFAULT-VALUE}.")
  private OutputForm output = OutputForm.TEXT;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write a page for a browser as well.")
  private @Nullable Path report;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "What --output json printed earlier: the differences in it are known, and do not count"
              + " for the exit code.")
  private @Nullable Path baseline;

  /// Finds what is wrong before the first question.
  ///
  /// @throws CommandFailure if the page cannot be written
  void check() {
    if (report != null) {
      Path directory = report.toAbsolutePath().getParent();
      if (directory == null || !Files.isWritable(directory) || Files.isDirectory(report)) {
        throw CommandFailure.problem("cannot write to " + report + "; name another --report");
      }
    }
  }

  /// The differences of the baseline.
  ///
  /// @throws CommandFailure if it cannot be read
  Set<String> known() {
    try {
      return baseline == null ? Set.of() : Baseline.read(baseline);
    } catch (IOException e) {
      throw CommandFailure.problem("--baseline: " + e.getMessage());
    }
  }

  /// Writes the outcome to all places that were named.
  ///
  /// @throws CommandFailure if the page cannot be written
  void write(Compared compared, PrintWriter out) {
    switch (output) {
      case TEXT -> TextReport.write(compared, details, out, Ansi.AUTO);
      case JSON -> {
        JsonReport.write(compared, out);
        out.println();
      }
    }
    out.flush();
    if (report != null) {
      try (BufferedWriter page = Files.newBufferedWriter(report)) {
        HtmlReport.write(compared, page);
      } catch (IOException e) {
        throw CommandFailure.problem("cannot write " + report + ": " + e);
      }
    }
  }

  /// Writes what a running server has found, and returns the classes of its differences.
  ///
  /// @throws CommandFailure if other places were named, or the server does not tell
  List<Kind> write(LiveDifferences found, PrintWriter out) {
    if (report != null || baseline != null) {
      throw CommandFailure.usage("--report and --baseline are not for --live; use --output json");
    }
    return found.print(output == OutputForm.JSON, details, out);
  }
}
