package io.clusterzone.dns.ops.http;

import io.clusterzone.dns.ops.HealthCounters;
import io.clusterzone.k8s.thread.SteadyThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the server's own `/health` once a second, on a virtual thread, and measures the time: an
/// overloaded process shows there first.
public final class HealthProbe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthProbe.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int TIMEOUT_MILLIS = 3000;
  private static final String REQUEST = "GET /health HTTP/1.0\r\n\r\n";
  private static final String EXPECTED = "HTTP/1.1 200";

  private final InetSocketAddress address;
  private final HealthCounters counters;
  private final SteadyThread thread;
  private boolean failing;

  private HealthProbe(InetSocketAddress address, HealthCounters counters) {
    this.address = address;
    this.counters = counters;
    this.thread = SteadyThread.virtualLoop("health-probe", this::step);
  }

  /// Starts to ask, after a second.
  ///
  /// @param address that `/health` is served on; may be a wildcard
  public static HealthProbe start(InetSocketAddress address, HealthCounters counters) {
    HealthProbe probe = new HealthProbe(address, counters);
    probe.thread.start();
    return probe;
  }

  private void step() throws InterruptedException {
    Thread.sleep(INTERVAL);
    ask();
  }

  private void ask() {
    long startNanos = System.nanoTime();
    try {
      request(address);
      counters.succeeded(System.nanoTime() - startNanos);
      failing = false;
    } catch (IOException e) {
      counters.failed(System.nanoTime() - startNanos);
      if (!failing) {
        LOG.warn("the server's own request to {} failed: {}", address, e.getMessage());
      }
      failing = true;
    }
  }

  /// Ends well if the page answers 200 in time.
  static void request(InetSocketAddress address) throws IOException {
    InetAddress host = address.getAddress();
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(
          new InetSocketAddress(
              host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host,
              address.getPort()),
          TIMEOUT_MILLIS);
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(EXPECTED.length());
      String line = new String(start, StandardCharsets.US_ASCII);
      if (!line.equals(EXPECTED)) {
        throw new IOException("it answered " + line);
      }
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
