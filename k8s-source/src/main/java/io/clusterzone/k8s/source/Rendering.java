package io.clusterzone.k8s.source;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The output of a program that renders manifests, until it is closed. Any thread may run one, and
/// waits for it.
///
/// The output goes to a file, so it takes no memory and can be read a second time, as to find the
/// place of a fault. A program that takes too long or prints too much is ended, with those that it
/// has started.
final class Rendering implements AutoCloseable {
  static final Duration LONGEST = Duration.ofSeconds(30);

  /// The most directories that are rendered; others stay as they are.
  static final int MOST_DIRECTORIES = 100;

  private static final int LOOK_AGAIN_MILLIS = 20;
  private static final int TOLD_LINES = 3;
  private static final int TOLD_OCTETS = 1 << 12;

  private final Path directory;
  private final Path out;
  private final Path err;

  private Rendering() throws IOException {
    directory = Files.createTempDirectory("clusterzone");
    out = directory.resolve("out");
    err = directory.resolve("err");
  }

  /// Runs a program to its end.
  ///
  /// @param most octets that it may print
  /// @throws IOException if it cannot be run, fails, or goes beyond a bound; the message names the
  ///   command and says what it said
  static Rendering run(List<String> command, Duration longest, long most) throws IOException {
    String name = String.join(" ", command);
    var rendering = new Rendering();
    try {
      String fault = rendering.fault(command, longest, most);
      if (!fault.isEmpty()) {
        throw new IOException("`%s` %s".formatted(name, fault));
      }
      return rendering;
    } catch (Throwable e) {
      rendering.close();
      throw e;
    }
  }

  private String fault(List<String> command, Duration longest, long most) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
    } catch (IOException e) {
      return "cannot be run; is %s installed, and on the PATH? (%s)"
          .formatted(command.getFirst(), e.getMessage());
    }
    String fault = await(process, longest, most);
    return fault.isEmpty() && process.exitValue() != 0
        ? "ended with exit code %d: %s".formatted(process.exitValue(), told())
        : fault;
  }

  /// Waits for the end, and returns why it had to be brought about; empty if it came by itself.
  private String await(Process process, Duration longest, long most) throws IOException {
    long start = System.nanoTime();
    try {
      while (!process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        if (Files.size(out) + Files.size(err) > most) {
          return "printed more than %,d octets, and was ended".formatted(most);
        }
        if (System.nanoTime() - start > longest.toNanos()) {
          return "took more than %d s, and was ended".formatted(longest.toSeconds());
        }
      }
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "was interrupted";
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// The first lines of its error output.
  private String told() throws IOException {
    try (InputStream in = Files.newInputStream(err)) {
      String text = new String(in.readNBytes(TOLD_OCTETS), StandardCharsets.UTF_8);
      String lines =
          text.lines()
              .filter(line -> !line.isBlank())
              .limit(TOLD_LINES)
              .collect(Collectors.joining(" / "));
      return lines.isEmpty() ? "it says nothing on its error output" : lines;
    }
  }

  /// Opens what it has printed, from the beginning.
  InputStream open() throws IOException {
    return RegularFile.open(out, Limit.MANIFEST_OCTETS);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
    Files.delete(directory);
  }
}
