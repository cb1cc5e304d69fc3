package io.clusterzone.dns.ops.diagnose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import jdk.jfr.Recording;

/// A flight recording that has ended, until it is closed.
public final class FlightRecording implements AutoCloseable {
  private final Recording recording;
  private final Runnable closed;

  FlightRecording(Recording recording, Runnable closed) {
    this.recording = recording;
    this.closed = closed;
  }

  public long octets() {
    return recording.getSize();
  }

  /// Writes it in the form that `jfr` and JDK Mission Control read.
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = recording.getStream(null, null)) {
      if (in != null) {
        in.transferTo(out);
      }
    }
  }

  /// Deletes it.
  @Override
  public void close() {
    recording.close();
    closed.run();
  }
}
