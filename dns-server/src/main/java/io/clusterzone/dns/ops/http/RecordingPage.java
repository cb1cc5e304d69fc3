package io.clusterzone.dns.ops.http;

import io.clusterzone.dns.ops.diagnose.FlightRecording;
import io.clusterzone.dns.ops.diagnose.FlightRecordings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// Makes a flight recording while the client waits, then sends it.
///
/// @param recordings of which there is one at a time; another is 503
record RecordingPage(FlightRecordings recordings) implements HttpPage {
  private static final String TYPE = "application/octet-stream";
  private static final String EXPECTED =
      "expected ?seconds=N&settings=NAME: 1 to "
          + FlightRecordings.LONGEST.toSeconds()
          + ", "
          + String.join(" or ", FlightRecordings.SETTINGS);

  /// The time that a client may take to read it.
  private static final Duration SENDING = Duration.ofMinutes(1);

  /// The recording that a query asks for.
  private record Wish(Duration duration, String settings) {
    /// @throws IllegalArgumentException if it is not understood
    static Wish of(String query) {
      Wish wish = new Wish(Duration.ofSeconds(30), FlightRecordings.SETTINGS.getFirst());
      for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
        wish = wish.with(part);
      }
      return wish;
    }

    private Wish with(String part) {
      if (part.startsWith("seconds=")) {
        return new Wish(Duration.ofSeconds(Integer.parseInt(value(part))), settings);
      }
      if (part.startsWith("settings=")) {
        return new Wish(duration, value(part));
      }
      throw new IllegalArgumentException(part);
    }

    private static String value(String part) {
      return part.substring(part.indexOf('=') + 1);
    }

    boolean isPossible() {
      return duration.isPositive()
          && duration.compareTo(FlightRecordings.LONGEST) <= 0
          && FlightRecordings.SETTINGS.contains(settings);
    }
  }

  @Override
  public Duration patience() {
    return FlightRecordings.LONGEST.plus(SENDING);
  }

  @Override
  public HttpReply show(String query) {
    try {
      Wish wish = Wish.of(query);
      if (!wish.isPossible()) {
        return HttpReply.plain(400, EXPECTED);
      }
      FlightRecording recording = recordings.record(wish.duration(), wish.settings());
      return new HttpReply(200, TYPE, new Body(recording));
    } catch (IllegalArgumentException _) {
      return HttpReply.plain(400, EXPECTED);
    } catch (IOException e) {
      return HttpReply.plain(503, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HttpReply.plain(503, "interrupted");
    }
  }

  private record Body(FlightRecording recording) implements HttpBody {
    @Override
    public long octets() {
      return recording.octets();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      recording.writeTo(out);
    }

    @Override
    public void close() {
      recording.close();
    }
  }
}
