package io.clusterzone.dns.query;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.Listener;
import io.clusterzone.dns.transport.TransportOptions;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// Ten million malformed datagrams, each looked at for leaks, in one process: the memory in use has
/// to be flat and the server has to answer. Ends with 1 if it is not so. Not part of the tests.
///
/// Arguments: how many messages, 10,000,000 by default, and the seed.
public final class MalformedFlood {
  private static final int ROUNDS = 10;
  private static final int BETWEEN_CHECKS = 50;

  /// Octets by which the heap or Netty's direct memory may be larger after the last round than
  /// after the first.
  private static final long MAY_GROW = 8 << 20;

  private final HostileMessages messages;
  private final int count;

  private MalformedFlood(int count, long seed) {
    this.count = count;
    this.messages = new HostileMessages(seed);
  }

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    System.out.println(count + " messages, seed " + seed);
    System.exit(new MalformedFlood(count, seed).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    LeakWatch leaks = LeakWatch.start();
    ServerBlock block = HostileMessages.block();
    var counters = new Counters(1, List.of(Bench.UNMATCHED, block.scope()));
    long grown;
    try (Log log = Log.start(new Nowhere(), 1000)) {
      var listener =
          new Listener(
              List.of(InetAddress.getLoopbackAddress()),
              0,
              loop ->
                  new QueryHandler(
                      List.of(block),
                      Bench.UNMATCHED,
                      counters.loop(0),
                      log,
                      new Workbench(1, loop.channels())));
      DnsServer server =
          DnsServer.start(TransportOptions.DEFAULTS.withLoops(1), counters, List.of(listener));
      try {
        grown = flood(server.addresses().getFirst());
      } finally {
        server.stop(Duration.ofSeconds(2));
      }
    }
    List<String> leaked = leaks.stop();
    leaked.forEach(System.out::println);
    long panics = counters.sum(Event.PANICS);
    System.out.println(
        "grown by " + grown + " octets, " + panics + " exceptions, " + leaked.size() + " leaks");
    return grown <= MAY_GROW && panics == 0 && leaked.isEmpty();
  }

  /// Returns by how much more memory is in use after the last round than after the first.
  private long flood(InetSocketAddress server) throws IOException {
    long first = 0;
    long last = 0;
    try (var hostile = new DatagramSocket();
        var client = new DatagramSocket()) {
      client.setSoTimeout(30_000);
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < count / ROUNDS; i++) {
          byte[] message = messages.damaged();
          hostile.send(new DatagramPacket(message, message.length, server));
          if (i % BETWEEN_CHECKS == 0) {
            check(client, server);
          }
        }
        last = inUse();
        first = round == 0 ? last : first;
        System.out.println("round " + (round + 1) + ": " + last + " octets in use");
      }
    }
    return last - first;
  }

  private void check(DatagramSocket client, InetSocketAddress server) throws IOException {
    byte[] good = messages.good();
    client.send(new DatagramPacket(good, good.length, server));
    var reply = new DatagramPacket(new byte[4096], 4096);
    client.receive(reply);
    if (reply.getLength() < good.length || reply.getData()[7] != 1) {
      throw new IOException("a good query was not answered");
    }
  }

  private static long inUse() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return heap + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  /// An output that takes everything.
  private static final class Nowhere implements Appendable {
    @Override
    public Appendable append(CharSequence lines) {
      return this;
    }

    @Override
    public Appendable append(CharSequence lines, int start, int end) {
      return this;
    }

    @Override
    public Appendable append(char c) {
      return this;
    }
  }
}
