package io.clusterzone.dns.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A client that asks at a fixed rate, whatever comes of it, and reads no replies: cheaper than a
/// [Load]. A process of its own, so that it can have the lowest priority on its processor. Prints
/// how many it sent.
///
/// `--from ADDRESS` `--port` of the server, `--rate` queries a second, `--outside` percent for
/// names of the [OutsideNames] of `--series`, `--services` of the [BigCluster] for all else,
/// `--seconds`.
final class Flood {
  /// Many source ports, so that every event loop of the server gets its part.
  private static final int SOCKETS = 32;

  private static final int MOST_AT_ONCE = 256;

  private final DatagramChannel[] channels = new DatagramChannel[SOCKETS];
  private final SplittableRandom random = new SplittableRandom();
  private final ByteBuffer out = ByteBuffer.allocateDirect(512);
  private final Supplier<Query> inside;
  private final Supplier<Query> outside;
  private final int percent;

  private Flood(Options options) throws IOException {
    this.inside = new BigCluster(options.number("services", 1000)).clusterIps(new Random(1));
    this.outside = OutsideNames.fresh(options.number("series", 0));
    this.percent = options.number("outside", 0);
    var from = new InetSocketAddress(InetAddress.ofLiteral(options.text("from", "127.0.0.2")), 0);
    var server = new ServerPorts(options.number("port", 22000)).address();
    for (int i = 0; i < SOCKETS; i++) {
      channels[i] = DatagramChannel.open();
      channels[i].setOption(StandardSocketOptions.SO_RCVBUF, 1);
      channels[i].bind(from).connect(server);
    }
  }

  public static void main(String[] arguments) throws IOException {
    var options =
        Options.of(arguments, "from", "port", "rate", "outside", "series", "services", "seconds");
    System.out.println(
        new Flood(options).send(options.number("rate", 100_000), options.number("seconds", 10)));
  }

  private long send(int perSecond, int seconds) throws IOException {
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
      for (; sent < due; sent++) {
        Query query = (random.nextInt(100) < percent ? outside : inside).get();
        out.clear().put(query.message()).putShort(0, (short) sent).flip();
        var _ = channels[(int) (sent % SOCKETS)].write(out);
      }
      LockSupport.parkNanos(20_000);
    }
    return sent;
  }
}
