package io.clusterzone.k8s.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Makes its connection anew when the server no longer accepts the credentials, or one side no
/// longer trusts the other: what they were read from may have been replaced. Safe on any thread.
final class RenewedTransport implements Transport {
  private static final int UNAUTHORIZED = 401;

  /// A connection is not made anew more often than this.
  private static final long SHORTEST_NANOS = Duration.ofSeconds(1).toNanos();

  /// Reads the configuration and makes a connection, which sends nothing.
  @FunctionalInterface
  interface Opener {
    Made open() throws IOException;
  }

  /// A connection, and until when its credentials serve.
  record Made(Transport transport, Instant until) {}

  private final Opener opener;
  private final Timing timing;
  private @Nullable Made current;
  private long openedNanos;
  private boolean closed;

  RenewedTransport(Opener opener, Timing timing) {
    this.opener = opener;
    this.timing = timing;
  }

  @Override
  public Response get(Request request) throws IOException, InterruptedException {
    Transport used = current();
    try {
      Response response = used.get(request);
      if (response.status() != UNAUTHORIZED || !renew(used)) {
        return response;
      }
      response.close();
    } catch (IOException e) {
      if (!isOfTls(e) || !renew(used)) {
        throw e;
      }
    }
    return current().get(request);
  }

  private static boolean isOfTls(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return true;
      }
    }
    return false;
  }

  private synchronized Transport current() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    Made made = current;
    if (made == null || !timing.now().isBefore(made.until)) {
      made = replace(made);
    }
    return made.transport;
  }

  /// What hangs on the old one is cut, and asked for again.
  private Made replace(@Nullable Made old) throws IOException {
    Made made = opener.open();
    current = made;
    openedNanos = timing.nanoTime();
    if (old != null) {
      old.transport.close();
    }
    return made;
  }

  /// Whether there is another connection than the one that was used.
  private synchronized boolean renew(Transport used) throws IOException {
    Made made = current;
    if (made == null || !made.transport.equals(used)) {
      return true;
    }
    if (closed || timing.nanoTime() - openedNanos < SHORTEST_NANOS) {
      return false;
    }
    var _ = replace(made);
    return true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (current != null) {
      current.transport.close();
    }
  }
}
