package io.clusterzone.dns.ops;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/// The counts of one upstream, by all who ask it. Safe on any thread.
public final class UpstreamCounters {
  /// The transport to an upstream.
  public enum Transport {
    UDP,
    TCP,
    TLS;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Response codes 0 to 23, those of RFC 6895; the last place takes any above.
  private static final int RCODES = 25;

  private final AtomicReferenceArray<Histogram> durations = new AtomicReferenceArray<>(RCODES);
  private final LongAdder probeFailures = new LongAdder();
  private final LongAdder mismatches = new LongAdder();
  private final LongAdder[] reused = adders();
  private final LongAdder[] opened = adders();

  private static LongAdder[] adders() {
    LongAdder[] adders = new LongAdder[Transport.values().length];
    for (int i = 0; i < adders.length; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }

  /// Counts a reply and how long it took to come.
  public void replied(int rcode, long nanos) {
    int place = Math.clamp(rcode, 0, RCODES - 1);
    Histogram histogram = durations.get(place);
    if (histogram == null) {
      durations.compareAndSet(place, null, new Histogram(Buckets.DURATION));
      histogram = durations.get(place);
    }
    histogram.observe(nanos);
  }

  /// A probe of an upstream that had failed found it still failing.
  public void probeFailed() {
    probeFailures.increment();
  }

  /// A message came that answers no query of ours.
  public void mismatched() {
    mismatches.increment();
  }

  /// A query went over a connection that was open already.
  public void reusedConnection(Transport transport) {
    reused[slot(transport)].increment();
  }

  /// A query needed a connection, or a socket, of its own.
  public void openedConnection(Transport transport) {
    opened[slot(transport)].increment();
  }

  /// Questions sent so far, probes among them.
  public long asked() {
    long asked = 0;
    for (Transport transport : Transport.values()) {
      asked += reusedConnections(transport) + openedConnections(transport);
    }
    return asked;
  }

  /// Replies that came so far.
  public long answered() {
    long answered = 0;
    for (int rcode = 0; rcode < RCODES; rcode++) {
      Histogram histogram = durations.get(rcode);
      answered += histogram == null ? 0 : histogram.count();
    }
    return answered;
  }

  /// Probes that failed so far.
  public long probeFailures() {
    return probeFailures.sum();
  }

  /// Messages that answered no query of ours.
  public long mismatches() {
    return mismatches.sum();
  }

  long reusedConnections(Transport transport) {
    return reused[slot(transport)].sum();
  }

  long openedConnections(Transport transport) {
    return opened[slot(transport)].sum();
  }

  void writeDurations(MetricText text, String labels) {
    for (int rcode = 0; rcode < RCODES; rcode++) {
      Histogram histogram = durations.get(rcode);
      if (histogram != null) {
        String label = rcode == RCODES - 1 ? "other" : Mnemonics.rcode(rcode);
        histogram.writeTo(text, labels + "," + MetricText.labels("rcode", label));
      }
    }
  }

  @SuppressWarnings("EnumOrdinal")
  private static int slot(Transport transport) {
    return transport.ordinal();
  }
}
