package io.clusterzone.dns.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where a command takes what it serves or prints from: manifests, or a Corefile.
final class SourceOptions {
  @Mixin final MadeFlags made = new MadeFlags();

  @Option(
      names = "--manifests",
      paramLabel = "PATH",
      description = {
        "Take the cluster from this file or directory of manifests.",
        "May be given more than once."
      })
  List<Path> manifests = new ArrayList<>();

  @Option(
      names = {"-conf", "--conf"},
      paramLabel = "FILE",
      description = "Do what this Corefile says. Default: Corefile")
  @Nullable Path conf;
}
