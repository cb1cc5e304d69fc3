package io.clusterzone.k8s.api.connect;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Makes its connection anew when one side no longer trusts the other or its credentials: the files
/// that they were read from may have been replaced. So may the way to the server, which is looked
/// at when it cannot be reached. Safe on any thread.
final class RenewedTransport implements Transport {
  private static final int UNAUTHORIZED = 401;

  /// The JDK's message for a server that went away in a handshake: that is no matter of trust.
  private static final String BROKEN_OFF = "Remote host terminated the handshake";

  /// A connection is not made anew more often than this.
  private static final long SHORTEST_NANOS = Duration.ofSeconds(1).toNanos();

  /// Reads the configuration, as it is then.
  interface Opener {
    /// Makes a connection, which sends nothing.
    Made open() throws IOException;

    /// The way that the next connection would go.
    Route route() throws IOException;
  }

  /// The URL of the server, and that of the proxy on the way; empty: none, or the environment's.
  record Route(String server, String proxy) {}

  /// A connection, its way, and until when its credentials serve.
  record Made(Transport transport, Route route, Instant until) {
    /// Credentials already expired on arrival mean that a clock is wrong: the server decides.
    private Made lasting(Instant now) {
      return now.isBefore(until) ? this : new Made(transport, route, Instant.MAX);
    }
  }

  private final Opener opener;
  private final Timing timing;
  private @Nullable Made current;
  private Route route;
  private long openedNanos;
  private boolean closed;

  /// `route` is the way that the configuration says at first.
  RenewedTransport(Opener opener, Route route, Timing timing) {
    this.opener = opener;
    this.route = route;
    this.timing = timing;
  }

  @Override
  public Response get(Request request) throws IOException, InterruptedException {
    Made used = current();
    try {
      Response response = used.transport.get(request);
      if (response.status() != UNAUTHORIZED || !renew(used)) {
        return response;
      }
      response.close();
    } catch (IOException e) {
      if (!(isOfTls(e) || hasOtherRoute(used)) || !renew(used)) {
        throw e;
      }
    }
    return current().transport.get(request);
  }

  /// The URL of the server that is asked.
  synchronized String server() {
    return route.server;
  }

  private static boolean isOfTls(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException && !BROKEN_OFF.equals(cause.getMessage())) {
        return true;
      }
    }
    return false;
  }

  private boolean hasOtherRoute(Made used) {
    try {
      return !opener.route().equals(used.route);
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized Made current() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    Made made = current;
    if (made == null || !timing.now().isBefore(made.until)) {
      made = replace(made);
    }
    return made;
  }

  /// Requests that hang on the old one are cut, and sent again.
  private Made replace(@Nullable Made old) throws IOException {
    Made made = opener.open().lasting(timing.now());
    current = made;
    route = made.route;
    openedNanos = timing.nanoTime();
    if (old != null) {
      old.transport.close();
    }
    return made;
  }

  /// Whether there is another connection than the one that was used.
  private synchronized boolean renew(Made used) throws IOException {
    Made made = current;
    if (made == null || !made.equals(used)) {
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
