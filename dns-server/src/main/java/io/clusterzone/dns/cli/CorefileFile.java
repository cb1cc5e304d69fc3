package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.CorefileParser;
import io.clusterzone.dns.config.CorefileReading;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ParseOptions;
import io.clusterzone.dns.config.Reload;
import io.clusterzone.dns.config.ServerBlock;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Corefile on disk, which may be read again and again.
record CorefileFile(Path path, ParseOptions options) {
  private static final Logger LOG = LoggerFactory.getLogger(CorefileFile.class);

  /// What is there now.
  CorefileReading read() {
    return CorefileParser.read(path, options);
  }

  /// Reads a text as if it stood in the file.
  CorefileReading read(String text) {
    return CorefileParser.read(path.toString(), text, options);
  }

  /// A Corefile that a server can start with. What it lacks of `forward` is logged.
  ///
  /// @throws CommandFailure if it has other problems, or manifests are not there
  static Corefile startable(CorefileReading reading) {
    if (!(reading.result() instanceof Corefile.Invalid(var problems) && reading.startable())) {
      return good(reading.result());
    }
    Corefile corefile = good(new Corefile.Valid(reading.legible()));
    String then = corefile.findFirst(Reload.class) == null ? "send SIGUSR1" : "reload takes it";
    problems.forEach(problem ->
        LOG.error(
            "{}; starting without it: what can only be asked there is answered SERVFAIL until the"
                + " file is mended, then {}",
            problem,
            then));
    return corefile;
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
