package io.clusterzone.dns.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The source of a command's zones: manifests, or a Corefile.
final class SourceOptions {
  @Mixin final MadeFlags made = new MadeFlags();

  @Option(
      names = "--manifests",
      paramLabel = "PATH",
      description =
          "Take the cluster from this file or directory of manifests; - is the standard input. May be"
              + " given more than once.")
  List<Path> manifests = new ArrayList<>();

  @Option(
      names = {"-conf", "--conf"},
      paramLabel = "FILE",
      description = "Do what this Corefile says; stdin is the standard input. Default: Corefile")
  @Nullable Path conf;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Follow the live cluster that this kubeconfig file leads to.")
  @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --kubeconfig: the context to use. Default: the file's current one.")
  @Nullable String context;

  /// The same without the live cluster.
  SourceOptions onlyManifests() {
    var one = new SourceOptions();
    one.manifests = manifests;
    one.made.take(made);
    return one;
  }

  /// The live cluster alone.
  SourceOptions onlyKubeconfig() {
    var one = new SourceOptions();
    one.kubeconfig = kubeconfig;
    one.context = context;
    return one;
  }
}
