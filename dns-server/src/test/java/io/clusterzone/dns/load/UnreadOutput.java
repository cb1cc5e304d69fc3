package io.clusterzone.dns.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The pipes that a process writes its output and its errors to. What is read of them is appended
/// to a file; while nobody reads, they fill up.
final class UnreadOutput {
  private final Path file;
  private boolean reading = true;

  private UnreadOutput(Path file) {
    this.file = file;
  }

  /// Begins to read.
  static UnreadOutput of(Process process, Path file) {
    var output = new UnreadOutput(file);
    output.follow(process.getInputStream());
    output.follow(process.getErrorStream());
    return output;
  }

  /// Reads no more for now.
  synchronized void stop() {
    reading = false;
  }

  synchronized void goOn() {
    reading = true;
    notifyAll();
  }

  private synchronized void awaitReading() throws InterruptedException {
    while (!reading) {
      wait();
    }
  }

  private void follow(InputStream pipe) {
    Thread.ofPlatform()
        .daemon()
        .name("output")
        .start(() -> {
          byte[] octets = new byte[1 << 16];
          try (var out =
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int length = 0; length >= 0; length = pipe.read(octets)) {
              out.write(octets, 0, length);
              awaitReading();
            }
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
