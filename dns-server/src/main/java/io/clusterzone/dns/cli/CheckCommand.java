package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.CorefileParser;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ParseOptions;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.ManifestCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `clusterzone check`: all problems of Corefiles and manifests at once, as `serve` would meet
/// them.
@Command(
    name = "check",
    description = "Print every problem of Corefiles and manifests; exit with 1 if there is one.",
    footer = {
      "",
      "A directory and a file whose name ends in .yaml, .yml or .json is manifests, any other file",
      "is a Corefile; the manifests that it names are checked as well."
    })
final class CheckCommand extends BaseCommand {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "A Corefile, or manifests.")
  private final List<Path> paths = new ArrayList<>();

  @Mixin private final MadeFlags made = new MadeFlags();

  private final List<Problem> problems = new ArrayList<>();
  private final List<Path> manifests = new ArrayList<>();

  @Override
  public Integer call() {
    paths.forEach(this::sort);
    problems.addAll(ManifestCheck.check(manifests, made.options()));
    problems.forEach(out()::println);
    if (problems.isEmpty()) {
      out().println("no problems");
    }
    return problems.isEmpty() ? Commands.OK : Commands.PROBLEM;
  }

  private void sort(Path path) {
    if (Files.isDirectory(path) || path.toString().matches(".*\\.(yaml|yml|json)")) {
      manifests.add(Existing.path(path));
    } else {
      checkCorefile(Existing.path(path));
    }
  }

  private void checkCorefile(Path file) {
    switch (CorefileParser.parse(file, ParseOptions.ofProcess())) {
      case Corefile.Valid(Corefile corefile) ->
          corefile.blocks().stream()
              .map(block -> block.find(Kubernetes.class))
              .flatMap(
                  kubernetes -> kubernetes == null ? Stream.of() : kubernetes.manifests().stream())
              .forEach(manifests::add);
      case Corefile.Invalid(var found) -> problems.addAll(found);
    }
  }
}
