package io.clusterzone.dns.ops;

import io.clusterzone.k8s.thread.LastLook;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The number of changed Corefiles that were not taken, and the one that is served. Safe on any
/// thread.
public final class ReloadCounters implements MetricSource {
  private final LongAdder failures = new LongAdder();
  private volatile String hash = "";
  private volatile boolean lastFailed;
  private volatile @Nullable LastLook looked;

  /// A changed Corefile was bad; the one before goes on.
  public void failed() {
    failures.increment();
    lastFailed = true;
  }

  /// A Corefile is served from now on.
  ///
  /// @param sha512 of its text, in hexadecimal digits
  public void serves(String sha512) {
    hash = sha512;
    lastFailed = false;
  }

  /// The SHA-512 of the text of the Corefile that is served, in hexadecimal digits; empty if there
  /// is no Corefile.
  public String hash() {
    return hash;
  }

  /// Whether the Corefile read last was not taken.
  public boolean lastFailed() {
    return lastFailed;
  }

  /// The number of Corefiles that were not taken.
  public long failures() {
    return failures.sum();
  }

  /// The Corefile is looked at from now on.
  public void follows(LastLook look) {
    looked = look;
  }

  /// The last look at the Corefile; null until it is followed, or if it never is.
  public @Nullable LastLook looked() {
    return looked;
  }

  @Override
  public void writeTo(MetricText text) {
    text.counter("coredns_reload_failed_total", "Changed Corefiles that were not taken.");
    text.sample("", failures.sum());
    text.gauge("coredns_reload_version_info", "The Corefile that is served.");
    if (!hash.isEmpty()) {
      text.sample(MetricText.labels("hash", "sha512", "value", hash), 1);
    }
  }
}
