package io.clusterzone.dns.ops.diagnose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/// Makes flight recordings of this process: one at a time, none longer than [#LONGEST] or much
/// larger than [#MAX_OCTETS].
///
/// While it records, the JVM keeps what it saw in files. Where nothing else can be written to, as
/// in a container whose root is read-only, these are in shared memory, which counts as memory of
/// the container. Safe on any thread that may wait.
public final class FlightRecordings {
  public static final Duration LONGEST = Duration.ofMinutes(5);

  /// The settings that come with the JDK: `default` is meant to run all day.
  public static final List<String> SETTINGS = List.of("default", "profile");

  /// A recording that grows beyond this loses its beginning.
  private static final long MAX_OCTETS = 16 << 20;

  /// In which pieces it does.
  private static final String CHUNK = "maxchunksize=1M";

  /// Octets of the memory that events wait in before they are written.
  private static final String MEMORY = "memorysize=4M";

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Semaphore free = new Semaphore(1);

  /// Records for so long.
  ///
  /// @param settings one of [#SETTINGS]
  /// @return what is to be closed once it has been read; until then there is no other
  /// @throws IOException if it cannot be made now, with what to do
  public FlightRecording record(Duration duration, String settings)
      throws IOException, InterruptedException {
    if (!free.tryAcquire()) {
      throw new IOException("another recording is being made; try again when it is done");
    }
    Recording recording = null;
    boolean done = false;
    try {
      prepare();
      recording = new Recording(Configuration.getConfiguration(settings));
      recording.setMaxSize(MAX_OCTETS);
      recording.start();
      Thread.sleep(duration);
      recording.stop();
      done = true;
      return new FlightRecording(recording, free::release);
    } catch (ParseException e) {
      throw new IOException("the settings " + settings + " cannot be read", e);
    } finally {
      if (!done) {
        if (recording != null) {
          recording.close();
        }
        free.release();
      }
    }
  }

  /// Sets the limits, unless a recording was asked for on the command line, which has set its own.
  private static void prepare() throws IOException {
    if (!FlightRecorder.isInitialized()) {
      DiagnosticCommands.run("jfrConfigure", "repositorypath=" + directory(), CHUNK, MEMORY);
    }
  }

  private static Path directory() throws IOException {
    return Stream.of(Path.of(System.getProperty("java.io.tmpdir")), SHARED_MEMORY)
        .filter(directory -> Files.isDirectory(directory) && Files.isWritable(directory))
        .findFirst()
        .orElseThrow(() ->
            new IOException(
                "there is no directory to write to; mount one at "
                    + System.getProperty("java.io.tmpdir")));
  }
}
