package io.clusterzone.dns.load;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import org.xbill.DNS.Type;

/// One change of the cluster, asked after until it is answered. One thread.
///
/// It was answered at the first reply that showed it, and not before the last query whose reply did
/// not: the time in between is how fine the measurement is.
final class ChangeProbe implements Question {
  /// The next query goes out no sooner after the one before.
  private static final long PAUSE_NANOS = 200_000;

  private final byte[] message;
  private final byte[] address;
  private final long changedNanos;
  private final Histogram latency;
  private final Histogram fineness;
  private final Tally tally;
  private long notBeforeNanos;
  private long nextNanos;
  private boolean waiting;
  private boolean seen;

  private ChangeProbe(String name, byte[] address, Histogram latency, Histogram fineness, Tally t) {
    this.message = Messages.query(name, Type.A);
    this.address = address;
    this.latency = latency;
    this.fineness = fineness;
    this.tally = t;
    this.changedNanos = System.nanoTime();
    this.notBeforeNanos = changedNanos;
    this.nextNanos = changedNanos;
  }

  /// Begins the clock of a change that is told next.
  ///
  /// @param latency nanoseconds until it was answered
  static ChangeProbe of(int i, int generation, Histogram latency, Histogram fineness, Tally tally) {
    return BigCluster.changesAddress(i)
        ? new ChangeProbe(
            BigCluster.name(i),
            octets(BigCluster.clusterIp(i, generation)),
            latency,
            fineness,
            tally)
        : new ChangeProbe(
            BigCluster.newestEndpoint(i, generation), new byte[0], latency, fineness, tally);
  }

  private static byte[] octets(String address) {
    String[] words = address.split("\\.", -1);
    var octets = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      octets[i] = (byte) Integer.parseInt(words[i]);
    }
    return octets;
  }

  boolean seen() {
    return seen;
  }

  boolean due(long now) {
    return !waiting && !seen && now - nextNanos >= 0;
  }

  void sent() {
    waiting = true;
    tally.sent();
  }

  @Override
  public byte[] message() {
    return message;
  }

  @Override
  public void replied(ByteBuffer reply, long sentNanos, long nowNanos) {
    waiting = false;
    boolean exists = Messages.rcode(reply) == Messages.NOERROR;
    if (exists || Messages.rcode(reply) == Messages.NXDOMAIN) {
      tally.right(nowNanos - sentNanos);
    } else {
      tally.wrong(nowNanos - sentNanos, reply);
    }
    if (exists && Messages.answers(reply) == 1 && ends(reply)) {
      seen = true;
      latency.recordValue(nowNanos - changedNanos);
      fineness.recordValue(nowNanos - notBeforeNanos);
    } else {
      notBeforeNanos = sentNanos;
      nextNanos = sentNanos + PAUSE_NANOS;
    }
  }

  /// The only record is the last thing in the reply to a query without EDNS, its RDATA at its end.
  private boolean ends(ByteBuffer reply) {
    int start = reply.limit() - address.length;
    for (int i = 0; i < address.length; i++) {
      if (reply.get(start + i) != address[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void lost(long sentNanos) {
    waiting = false;
    tally.lost(message(), sentNanos);
  }
}
