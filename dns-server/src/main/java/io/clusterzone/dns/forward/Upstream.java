package io.clusterzone.dns.forward;

import io.clusterzone.dns.ops.UpstreamCounters;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One server that questions are forwarded to, as all event loops see it. Safe on any thread.
///
/// It is up until [#failed] was called often enough without a [#answered] in between; then it is
/// only probed, until a probe is answered.
public final class Upstream {
  private final InetSocketAddress address;
  private final @Nullable SslContext tls;
  private final String serverName;
  private final UpstreamCounters counters;

  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean probing = new AtomicBoolean();
  private volatile boolean keepsCase = true;
  private volatile boolean loops;

  /// @param tls null for an upstream that is asked over UDP and TCP
  /// @param serverName whom the certificate must name; empty for the address itself
  /// @param counters of the address, which other directives may share
  public Upstream(
      InetSocketAddress address,
      @Nullable SslContext tls,
      String serverName,
      UpstreamCounters counters) {
    this.address = address;
    this.tls = tls;
    this.serverName = serverName;
    this.counters = counters;
  }

  public InetSocketAddress address() {
    return address;
  }

  @Nullable SslContext tls() {
    return tls;
  }

  String serverName() {
    return serverName;
  }

  /// Counts a failed attempt or probe.
  void failed() {
    failures.incrementAndGet();
  }

  /// Any reply shows that it is alive.
  void answered() {
    if (failures.get() != 0) {
      failures.set(0);
    }
  }

  /// Whether it is not to be asked.
  ///
  /// @param maxFails failures in a row that take it out; 0 never does
  public boolean isDown(int maxFails) {
    return loops || (maxFails > 0 && failures.get() >= maxFails);
  }

  /// Whether it has failed since it last answered.
  boolean isSuspect() {
    return failures.get() > 0;
  }

  /// Takes the right to probe; one event loop has it at a time.
  boolean startProbing() {
    return probing.compareAndSet(false, true);
  }

  void endProbing() {
    probing.set(false);
  }

  /// Whether its replies spell the question as the query did.
  boolean keepsCase() {
    return keepsCase;
  }

  void losesCase() {
    keepsCase = false;
  }

  /// Takes it out, or back in, because questions sent to it come back to this server.
  public void setLoops(boolean found) {
    loops = found;
  }

  public boolean loops() {
    return loops;
  }

  /// What is counted of it.
  public UpstreamCounters counters() {
    return counters;
  }

  @Override
  public String toString() {
    return (tls == null ? "" : "tls://")
        + address.getAddress().getHostAddress()
        + ":"
        + address.getPort();
  }
}
