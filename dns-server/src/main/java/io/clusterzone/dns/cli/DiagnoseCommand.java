package io.clusterzone.dns.cli;

import io.clusterzone.dns.ops.diagnose.FlightRecordings;
import io.clusterzone.dns.ops.http.DiagnosticPages;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `clusterzone diagnose`: asks a running server what it is busy with, at the address of its
/// directive `pprof`.
@Command(
    name = "diagnose",
    description = "Ask a running server, at its directive pprof, what it is busy with.",
    footer = {
      "",
      "recording  a flight recording: read it with jfr or JDK Mission Control",
      "threads    every thread with its stack",
      "heap       how many objects of each class there are",
      "",
      "clusterzone diagnose recording --seconds 60 dns.jfr",
      "kubectl exec POD -- clusterzone diagnose recording - > dns.jfr"
    })
final class DiagnoseCommand extends BaseCommand {
  private static final String STANDARD_OUTPUT = "-";
  private static final int TICK_SECONDS = 5;
  private static final Duration ANSWERING = Duration.ofMinutes(1);
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  enum Subject {
    RECORDING,
    THREADS,
    HEAP;

    /// As it is typed.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// For the shell.
  static final class RecordingSettings extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    RecordingSettings() {
      super(FlightRecordings.SETTINGS);
    }
  }

  @Parameters(index = "0", paramLabel = "recording|threads|heap", description = "What to ask for.")
  private Subject subject = Subject.RECORDING;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "Where to write it; - is the standard output. Default: the standard output, a recording"
              + " clusterzone-DATE-TIME.jfr.")
  private @Nullable String file;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to record, 1 to 300. Default: ${DEFAULT-VALUE}.")
  private int seconds = 30;

  @Option(
      names = "--settings",
      paramLabel = "NAME",
      completionCandidates = RecordingSettings.class,
      description =
          "What to record: default, which costs next to nothing, or profile, which looks more"
              + " often. Default: ${DEFAULT-VALUE}.")
  private String settings = "default";

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "The address of the directive pprof. Default: ${DEFAULT-VALUE}.")
  private String address = "localhost:6053";

  @Override
  public Integer call() {
    checkFirst();
    Thread progress = Thread.ofVirtual().unstarted(this::tellWhatIsLeft);
    if (subject == Subject.RECORDING) {
      progress.start();
    }
    try (InputStream in = new DiagnosticClient(address).get(page(), patience())) {
      progress.interrupt();
      write(in);
    } catch (IOException e) {
      throw CommandFailure.problem(
          "cannot write all of it: " + e + "; name another FILE, or - and redirect it");
    } finally {
      progress.interrupt();
    }
    return Commands.OK;
  }

  /// Finds what is wrong before a recording begins, not when it ends.
  private void checkFirst() {
    if (seconds < 1 || seconds > FlightRecordings.LONGEST.toSeconds()) {
      throw CommandFailure.usage(
          "--seconds takes 1 to " + FlightRecordings.LONGEST.toSeconds() + ", not " + seconds);
    }
    if (!FlightRecordings.SETTINGS.contains(settings)) {
      throw CommandFailure.usage(
          "--settings takes "
              + String.join(" or ", FlightRecordings.SETTINGS)
              + ", not "
              + settings);
    }
    Path path = Path.of(target()).toAbsolutePath();
    Path directory = path.getParent();
    if (!target().equals(STANDARD_OUTPUT)
        && (Files.isDirectory(path) || directory == null || !Files.isWritable(directory))) {
      throw CommandFailure.problem("cannot write to " + path + "; name another FILE, or -");
    }
    new DiagnosticClient(address).require(page().split("\\?", 2)[0]);
  }

  private String page() {
    return switch (subject) {
      case RECORDING -> DiagnosticPages.RECORDING + "?seconds=" + seconds + "&settings=" + settings;
      case THREADS -> DiagnosticPages.THREADS;
      case HEAP -> DiagnosticPages.HEAP;
    };
  }

  private Duration patience() {
    return Duration.ofSeconds(subject == Subject.RECORDING ? seconds : 0).plus(ANSWERING);
  }

  private void write(InputStream in) throws IOException {
    String target = target();
    if (target.equals(STANDARD_OUTPUT)) {
      in.transferTo(new FileOutputStream(FileDescriptor.out));
      return;
    }
    Path path = Path.of(target);
    // Into what is there: a device or a FIFO stays one.
    long octets;
    try (OutputStream out = Files.newOutputStream(path)) {
      octets = in.transferTo(out);
    }
    tell("wrote %s (%d KiB)".formatted(path.toAbsolutePath().normalize(), octets / 1024));
    if (subject == Subject.RECORDING) {
      tell("read it with: jfr view hot-methods %s, or JDK Mission Control".formatted(path));
    }
  }

  private String target() {
    if (file != null) {
      return file;
    }
    return subject == Subject.RECORDING
        ? "clusterzone-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + ".jfr"
        : STANDARD_OUTPUT;
  }

  private void tellWhatIsLeft() {
    try {
      for (int left = seconds; left > 0; left -= TICK_SECONDS) {
        tell("recording, " + left + " s left");
        Thread.sleep(Duration.ofSeconds(Math.min(left, TICK_SECONDS)));
      }
    } catch (InterruptedException _) {
      // It is there.
    }
  }

  /// On the error output: the standard output may be the recording.
  private void tell(String line) {
    err().println(line);
    err().flush();
  }
}
