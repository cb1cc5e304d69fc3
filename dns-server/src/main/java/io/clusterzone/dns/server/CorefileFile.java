package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.Reload;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.k8s.file.Limit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Corefile on disk, which may be read again and again.
///
/// @param given the text read from the standard input, once; null where there is a file
public record CorefileFile(Path path, ParseOptions options, @Nullable String given) {
  /// CoreDNS's name for the standard input.
  static final Path STANDARD_INPUT = Path.of("stdin");

  /// The most times that a start looks for interfaces, half a minute in all.
  private static final int INTERFACE_LOOKS = 60;

  private static final Duration INTERFACE_INTERVAL = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(CorefileFile.class);

  /// Reads the present Corefile.
  public CorefileReading read() {
    return read(new Corefile(List.of()));
  }

  /// Reads the present Corefile, sharing with the one before.
  ///
  /// @param before the Corefile read last: server blocks that say the same are the same objects
  CorefileReading read(Corefile before) {
    return given == null ? CorefileParser.read(path, options, before) : read(given);
  }

  /// The file at a path, or the standard input, which is read here.
  ///
  /// @throws Unservable if the standard input has too much, or ends early
  public static CorefileFile at(Path path, ParseOptions options) {
    if (!path.equals(STANDARD_INPUT)) {
      return new CorefileFile(path, options, null);
    }
    try {
      int most = (int) Limit.COREFILE_CHARACTERS.value();
      byte[] octets = System.in.readNBytes(most + 1);
      if (octets.length > most) {
        throw Unservable.because(
            "the Corefile on standard input has more than " + most + " octets");
      }
      return new CorefileFile(path, options, new String(octets, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Unservable.because("cannot read the Corefile from standard input: " + e.getMessage());
    }
  }

  /// Reads the present Corefile for a start: waits for a bounded time while the host has none of
  /// the interfaces that are to be listened on.
  public CorefileReading readAtStart() throws InterruptedException {
    CorefileReading reading = read();
    for (int looks = 0; looks < INTERFACE_LOOKS && listensNowhere(reading); looks++) {
      if (looks == 0) {
        LOG.warn("{}: the host has none of the interfaces of bind; waiting for one", path);
      }
      Thread.sleep(INTERFACE_INTERVAL);
      reading = read();
    }
    return reading;
  }

  private static boolean listensNowhere(CorefileReading reading) {
    return reading.startable() && listensNowhere(reading.legible());
  }

  private static boolean listensNowhere(Corefile corefile) {
    return corefile.blocks().stream()
        .map(block -> block.find(Bind.class))
        .allMatch(bind -> bind != null && bind.addresses().isEmpty());
  }

  /// Reads a text as if it stood in the file.
  CorefileReading read(String text) {
    return CorefileParser.read(path.toString(), text, options);
  }

  /// A Corefile that a server can start with. Missing parts are logged, as are warnings.
  ///
  /// @throws Unservable if it has other problems, or manifests are not there
  public static Corefile startable(CorefileReading reading) {
    tellWarnings(reading);
    if (!(reading.result() instanceof Corefile.Invalid(var problems) && reading.startable())) {
      return good(reading.result());
    }
    Corefile corefile = good(new Corefile.Valid(reading.legible()));
    if (listensNowhere(corefile)) {
      throw Unservable.of(problems);
    }
    String then =
        corefile.findFirst(Reload.class) == null ? "it is taken within seconds" : "reload takes it";
    problems.forEach(problem ->
        LOG.error(
            "{}; starting without it: what needs it is answered SERVFAIL, or not listened on or"
                + " kept, until it comes or until the file is mended, then {}",
            problem,
            then));
    return corefile;
  }

  static void tellWarnings(CorefileReading reading) {
    reading.warnings().forEach(warning -> LOG.warn("{} [{}]", warning, warning.kind().code()));
  }

  /// A Corefile that can be served, as far as its text and the disk show.
  ///
  /// @throws Unservable if it has problems, or manifests are not there
  public static Corefile good(Corefile.Result result) {
    return switch (result) {
      case Corefile.Valid(Corefile corefile) -> {
        corefile.blocks().forEach(CorefileFile::requireManifests);
        yield corefile;
      }
      case Corefile.Invalid(var problems) -> throw Unservable.of(problems);
    };
  }

  private static void requireManifests(ServerBlock block) {
    Kubernetes kubernetes = block.find(Kubernetes.class);
    if (kubernetes != null) {
      kubernetes.manifests().forEach(Existing::path);
    }
  }
}
