package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.report.Report;
import io.clusterzone.dns.report.ReportFormat;
import io.clusterzone.dns.server.Existing;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.problem.Level;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.ManifestCheck;
import io.clusterzone.k8s.source.StandardInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `clusterzone check`: all problems of Corefiles and manifests at once, as `serve` would meet
/// them.
@Command(
    name = "check",
    description =
        "Print every problem of Corefiles and manifests; exit with 1 if there is an error.",
    footer = {
      "",
      "A directory and a file whose name ends in .yaml, .yml or .json is manifests, any other file",
      "is a Corefile; the manifests that it names are checked as well."
    })
final class CheckCommand extends BaseCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "A Corefile, or manifests; - is manifests from the standard input.")
  private final List<Path> paths = new ArrayList<>();

  @Mixin private final MadeFlags made = new MadeFlags();

  @Option(names = "--strict", description = "Exit with 1 for warnings as well.")
  private boolean strict;

  @Option(
      names = "--output",
      paramLabel = "text|json|sarif",
      description =
          "How to print them: for a person, as JSON, or as SARIF 2.1.0 for tools that show them"
              + " beside the lines of a repository. Default: ${DEFAULT-VALUE}.")
  private ReportFormat output = ReportFormat.TEXT;

  private final List<Problem> problems = new ArrayList<>();
  private final List<Path> manifests = new ArrayList<>();
  private int blocks;
  private int directives;
  private int objects;
  private int files;

  @Override
  public Integer call() {
    paths.forEach(this::sort);
    check(manifests, made.options());
    var report =
        new Report(blocks, directives, objects, files, problems.stream().distinct().toList());
    out().print(output.write(report, Ansi.AUTO));
    boolean fails = report.has(Level.ERROR) || (strict && report.has(Level.WARNING));
    return fails ? Commands.PROBLEM : Commands.OK;
  }

  private void check(List<Path> from, MadeOptions makingUp) {
    ManifestCheck.Result read = ManifestCheck.check(from, makingUp);
    objects += read.objects();
    files += read.files();
    problems.addAll(read.problems());
  }

  private void sort(Path path) {
    if (path.equals(StandardInput.PATH)
        || Files.isDirectory(path)
        || path.toString().matches(".*\\.(yaml|yml|json)")) {
      manifests.add(Existing.path(path));
    } else {
      checkCorefile(Existing.path(path));
    }
  }

  private void checkCorefile(Path file) {
    CorefileReading reading = CorefileParser.read(file, ParseOptions.ofProcess());
    List<ServerBlock> found = reading.legible().blocks();
    blocks += found.size();
    directives += found.stream().mapToInt(block -> block.directives().size()).sum();
    switch (reading.result()) {
      case Corefile.Valid _ -> {
        problems.addAll(reading.warnings());
        reading
            .legible()
            .all(Kubernetes.class)
            .distinct()
            .forEach(kubernetes -> check(kubernetes.manifests(), kubernetes.made()));
      }
      case Corefile.Invalid(var all) -> problems.addAll(all);
    }
  }
}
