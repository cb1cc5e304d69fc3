package io.clusterzone.dns.overload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A client that asks now and then, and waits two seconds for each reply. Times are measured from
/// when a query was due, not from when it was sent. One thread.
final class PoliteClient {
  private static final String ADDRESS = "127.0.0.3";
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int IDS = 1 << 16;

  /// Each on a socket of its own in turn, so that they reach all event loops.
  private static final int SOCKETS = 16;

  /// What became of the queries of one kind.
  static final class Tally {
    long asked;
    long answered;
    long failed;
    long lost;
    private long[] nanos = new long[1024];

    private void answered(long time) {
      if (answered == nanos.length) {
        nanos = Arrays.copyOf(nanos, nanos.length * 2);
      }
      nanos[(int) answered++] = time;
    }

    @Override
    public String toString() {
      long[] sorted = Arrays.copyOf(nanos, (int) answered);
      Arrays.sort(sorted);
      return "asked %d, answered %d (%.1f%%), p50 %.2f p99 %.2f max %.2f ms, failed %d, timed out %d"
          .formatted(
              asked,
              answered,
              100.0 * answered / Math.max(1, asked),
              millis(sorted, 0.5),
              millis(sorted, 0.99),
              millis(sorted, 1),
              failed,
              lost);
    }

    private static double millis(long[] sorted, double quantile) {
      return sorted.length == 0
          ? Double.NaN
          : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
    }
  }

  private final DatagramChannel[] channels = new DatagramChannel[SOCKETS];
  private final ByteBuffer out = ByteBuffer.allocateDirect(512);
  private final ByteBuffer in = ByteBuffer.allocateDirect(4096);
  private final long[] dueNanos = new long[IDS];
  private final boolean[] waiting = new boolean[IDS];
  private final Tally cluster = new Tally();
  private final Tally elsewhere = new Tally();
  private int oldest;
  private int next;

  private PoliteClient(int port) throws IOException {
    for (int i = 0; i < SOCKETS; i++) {
      channels[i] = DatagramChannel.open();
      channels[i].configureBlocking(false);
      channels[i]
          .bind(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), 0))
          .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }

  /// What was seen.
  record Result(Tally cluster, Tally elsewhere) {}

  /// Asks for names of the cluster at the rate, and for one of ten elsewhere.
  static Result run(int port, int perSecond, long seconds) {
    try {
      PoliteClient client = new PoliteClient(port);
      client.ask(perSecond, TimeUnit.SECONDS.toNanos(seconds));
      for (DatagramChannel channel : client.channels) {
        channel.close();
      }
      return new Result(client.cluster, client.elsewhere);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask(int perSecond, long durationNanos) throws IOException {
    long begin = System.nanoTime();
    long number = new SplittableRandom().nextLong(1L << 50);
    long sent = 0;
    for (long now = 0; now < durationNanos + TIMEOUT_NANOS; now = System.nanoTime() - begin) {
      long due = Math.min(now, durationNanos) / 1000 * perSecond / 1_000_000;
      for (; sent < due; sent++) {
        boolean leaves = sent % 10 == 9;
        if (leaves) {
          Queries.elsewhere(out, next, number++);
        } else {
          Queries.cluster(out, next, (int) (sent % Queries.SERVICES));
        }
        tally(next).asked++;
        waiting[next] = true;
        dueNanos[next] = begin + sent * 1_000_000_000L / perSecond;
        var _ = channels[(int) (sent % SOCKETS)].write(out);
        next = (next + 1) % (IDS / 10 * 10);
      }
      receive();
      giveUp();
      LockSupport.parkNanos(50_000);
    }
  }

  /// IDs and queries go in step: each tenth is for a name elsewhere.
  private Tally tally(int id) {
    return id % 10 == 9 ? elsewhere : cluster;
  }

  private void receive() throws IOException {
    for (DatagramChannel channel : channels) {
      while (channel.read(in.clear()) > 0) {
        int id = Queries.id(in);
        if (waiting[id]) {
          waiting[id] = false;
          if (Queries.rcode(in) == 0) {
            tally(id).answered(System.nanoTime() - dueNanos[id]);
          } else {
            tally(id).failed++;
          }
        }
      }
    }
  }

  private void giveUp() {
    long now = System.nanoTime();
    while (oldest != next && (!waiting[oldest] || now - dueNanos[oldest] > TIMEOUT_NANOS)) {
      if (waiting[oldest]) {
        waiting[oldest] = false;
        tally(oldest).lost++;
      }
      oldest = (oldest + 1) % (IDS / 10 * 10);
    }
  }
}
