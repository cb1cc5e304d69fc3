package io.clusterzone.dns.load;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A client that asks at a fixed rate, whatever comes of it, and reads no replies: much cheaper
/// than a [Load]. A process of its own, so that it can have the lowest priority on its processor.
/// Needs Linux. Prints how many it sent.
///
/// `--from ADDRESS` `--port` of the server, `--rate` queries a second, `--outside` percent for
/// names of the [OutsideNames] of `--series`, `--services` of the [BigCluster] for all else,
/// `--seconds`.
final class Flood {
  /// Many source ports, so that every event loop of the server gets its part.
  private static final int SOCKETS = 32;

  private static final int MOST_AT_ONCE = 16 * SegmentedSender.AT_ONCE;
  private static final int INSIDE_NAMES = 1000;

  private final SegmentedSender[] senders = new SegmentedSender[SOCKETS];
  private final SplittableRandom random = new SplittableRandom();
  private final Supplier<Query> inside;
  private final Supplier<Query> outside;
  private final int percent;

  private Flood(Options options, EventLoop loop) throws IOException {
    var cluster = new BigCluster(options.number("services", 1000));
    List<Query> names = equallyLong(cluster.clusterIps(new Random(1)));
    this.inside = () -> names.get(random.nextInt(names.size()));
    this.outside = OutsideNames.fresh(options.number("series", 0));
    this.percent = options.number("outside", 0);
    var from = InetAddress.ofLiteral(options.text("from", "127.0.0.2"));
    var server = new ServerPorts(options.number("port", 22000)).address();
    for (int i = 0; i < SOCKETS; i++) {
      senders[i] = new SegmentedSender(loop, from, server);
    }
  }

  public static void main(String[] arguments) throws Exception {
    var options =
        Options.of(arguments, "from", "port", "rate", "outside", "series", "services", "seconds");
    try (var loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory())) {
      EventLoop loop = loops.next();
      int rate = options.number("rate", 100_000);
      int seconds = options.number("seconds", 10);
      System.out.println(loop.submit(() -> new Flood(options, loop).send(rate, seconds)).get());
    }
  }

  private static List<Query> equallyLong(Supplier<Query> queries) {
    List<Query> drawn = Stream.generate(queries).limit(INSIDE_NAMES).toList();
    int longest = drawn.stream().mapToInt(query -> query.message().length).max().orElseThrow();
    return drawn.stream().filter(query -> query.message().length == longest).toList();
  }

  private long send(int perSecond, int seconds) throws IOException {
    long begin = System.nanoTime();
    long duration = TimeUnit.SECONDS.toNanos(seconds);
    long sent = 0;
    long skipped = 0;
    int turn = 0;
    for (long now = 0; now < duration; now = System.nanoTime() - begin) {
      long due = (long) (now * (perSecond / 1e9)) - skipped;
      if (due - sent > MOST_AT_ONCE) {
        skipped += due - sent - MOST_AT_ONCE; // It was not let run: a burst would be another load.
        due = sent + MOST_AT_ONCE;
      }
      for (; sent < due; sent += SegmentedSender.AT_ONCE) {
        senders[turn++ % SOCKETS].send(random.nextInt(100) < percent ? outside : inside);
      }
      LockSupport.parkNanos(20_000);
    }
    return sent;
  }
}
