package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.CorefileParser;
import io.clusterzone.dns.config.CorefileReading;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ParseOptions;
import io.clusterzone.dns.config.ServerBlock;
import java.nio.file.Path;

/// A Corefile on disk, which may be read again and again.
record CorefileFile(Path path, ParseOptions options) {
  /// What is there now.
  CorefileReading read() {
    return CorefileParser.read(path, options);
  }

  /// Reads a text as if it stood in the file.
  Corefile.Result parse(String text) {
    return CorefileParser.parse(path.toString(), text, options);
  }

  /// A Corefile that can be served, as far as its text and the disk tell.
  ///
  /// @throws CommandFailure if it has problems, or manifests are not there
  static Corefile good(Corefile.Result result) {
    return switch (result) {
      case Corefile.Valid(Corefile corefile) -> {
        corefile.blocks().forEach(CorefileFile::requireManifests);
        yield corefile;
      }
      case Corefile.Invalid(var problems) -> throw CommandFailure.problems(problems);
    };
  }

  private static void requireManifests(ServerBlock block) {
    Kubernetes kubernetes = block.find(Kubernetes.class);
    if (kubernetes != null) {
      kubernetes.manifests().forEach(Existing::path);
    }
  }
}
