package io.clusterzone.dns.forward;

import io.clusterzone.dns.ops.UpstreamCounters;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One server that questions are forwarded to, as all event loops see it. Safe on any thread.
///
/// It is up until [#failed] was called often enough without a [#answered] in between; then it is
/// only probed, until a probe is answered.
public final class Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  /// The time that it is asked in lower case before it is tried with mixed case again.
  static final long CASE_MEMORY_NANOS = TimeUnit.MINUTES.toNanos(15);

  private final InetSocketAddress address;
  private final @Nullable SslContext tls;
  private final String serverName;
  private final UpstreamCounters counters;

  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean probing = new AtomicBoolean();
  private final EdnsSupport edns = new EdnsSupport();
  private final AtomicBoolean toldOfEdns = new AtomicBoolean();
  private volatile @Nullable Long caseLostNanos;
  private volatile boolean loops;

  /// @param tls null for an upstream that is asked over UDP and TCP
  /// @param serverName the name that the certificate must have; empty for the address itself
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

  /// Whether its replies spelt the question as the query did, in the last quarter of an hour.
  boolean keepsCase(long nowNanos) {
    Long lost = caseLostNanos;
    return lost == null || nowNanos - lost >= CASE_MEMORY_NANOS;
  }

  void losesCase(long nowNanos) {
    if (keepsCase(nowNanos)) {
      caseLostNanos = nowNanos;
    }
  }

  /// Whether it takes EDNS.
  EdnsSupport edns() {
    return edns;
  }

  /// A question with an OPT record met an error, and without it none.
  void ednsRefused(long nowNanos) {
    edns.refused(nowNanos);
    tellOfEdns("with an error");
  }

  /// All questions with OPT that were to distinguish silence from loss have met silence.
  void ednsIgnored(long nowNanos) {
    if (edns.checked(nowNanos)) {
      tellOfEdns("not at all");
    }
  }

  private void tellOfEdns(String how) {
    if (toldOfEdns.compareAndSet(false, true)) {
      LOG.warn(
          "plugin/forward: upstream {} answers {} what has EDNS, and is asked without: long replies"
              + " come over TCP, and none has signatures",
          this,
          how);
    }
  }

  /// Takes it out, or back in, because questions sent to it come back to this server.
  public void setLoops(boolean found) {
    loops = found;
  }

  public boolean loops() {
    return loops;
  }

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
