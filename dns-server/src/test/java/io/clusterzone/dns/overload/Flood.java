package io.clusterzone.dns.overload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A client that asks at a fixed rate, whatever comes of it, and reads no replies. A process of its
/// own, so that it can have the lowest priority on its processor.
///
/// Arguments: its address, the server's port, queries per second, percentage of names elsewhere,
/// seconds. Prints how many it sent.
final class Flood {
  /// Many source ports, so that every event loop of the server gets its part.
  private static final int SOCKETS = 32;

  private static final int MOST_AT_ONCE = 256;

  private Flood() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress from = new InetSocketAddress(InetAddress.ofLiteral(args[0]), 0);
    var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
    var channels = new DatagramChannel[SOCKETS];
    for (int i = 0; i < SOCKETS; i++) {
      channels[i] = DatagramChannel.open();
      channels[i].setOption(StandardSocketOptions.SO_RCVBUF, 1);
      channels[i].bind(from).connect(server);
    }
    System.out.println(
        send(
            channels,
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Long.parseLong(args[4])));
  }

  private static long send(DatagramChannel[] channels, int perSecond, int percent, long seconds)
      throws IOException {
    var random = new SplittableRandom();
    long number = Math.floorMod(random.nextLong(), 1L << 50);
    ByteBuffer out = ByteBuffer.allocateDirect(512);
    long begin = System.nanoTime();
    long duration = TimeUnit.SECONDS.toNanos(seconds);
    long sent = 0;
    long skipped = 0;
    for (long now = 0; now < duration; now = System.nanoTime() - begin) {
      long due = (long) (now * (perSecond / 1e9)) - skipped;
      if (due - sent > MOST_AT_ONCE) {
        skipped += due - sent - MOST_AT_ONCE; // It was not let run: a burst would be another load.
        due = sent + MOST_AT_ONCE;
      }
      while (sent < due) {
        int bits = random.nextInt();
        if ((bits >>> 1) % 100 < percent) {
          Queries.elsewhere(out, bits, number++);
        } else {
          Queries.cluster(out, bits, (bits >>> 16) % Queries.SERVICES);
        }
        var _ = channels[(int) (sent % channels.length)].write(out);
        sent++;
      }
      LockSupport.parkNanos(20_000);
    }
    return sent;
  }
}
