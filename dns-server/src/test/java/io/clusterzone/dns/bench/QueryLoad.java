package io.clusterzone.dns.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Asks at a steady rate over UDP, and times every reply: cluster names that exist and that do not,
/// reverse names, and one outside name in ten. A query without a reply after two seconds has timed
/// out. A thread of its own.
final class QueryLoad implements AutoCloseable {
  private static final int IDS = 1 << 16;
  private static final long TIMEOUT_NANOS = 2_000_000_000L;
  private static final int HEADER = 12;
  private static final int SERVFAIL = 2;
  private static final int MAX_MICROS = 10_000_000;

  private final InetSocketAddress server;
  private final int services;
  private final int rate;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final long[] sentNanos = new long[IDS];
  private final int[] histogram = new int[MAX_MICROS / 10];
  private final Thread thread = Thread.ofPlatform().name("queries").daemon().unstarted(this::run);
  private volatile boolean closed;
  private int id;
  private long answered;
  private long failed;
  private long timedOut;
  private long longestMicros;

  QueryLoad(int port, int services, int rate) {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.services = services;
    this.rate = rate;
    thread.start();
  }

  /// Begins anew: what has been asked so far counts no more.
  synchronized void forget() {
    Arrays.fill(sentNanos, 0);
    report();
  }

  /// What was seen since the last call.
  synchronized String report() {
    countTimeouts();
    long count = Math.max(1, answered);
    String text =
        "%d replies, p50 %d us, p99 %d us, longest %d ms, %d SERVFAIL, %d timeouts"
            .formatted(
                answered,
                quantile(count / 2),
                quantile(count * 99 / 100),
                longestMicros / 1000,
                failed,
                timedOut);
    Arrays.fill(histogram, 0);
    answered = 0;
    failed = 0;
    timedOut = 0;
    longestMicros = 0;
    return text;
  }

  private void countTimeouts() {
    long now = System.nanoTime();
    for (int i = 0; i < IDS; i++) {
      if (sentNanos[i] != 0 && now - sentNanos[i] > TIMEOUT_NANOS) {
        sentNanos[i] = 0;
        timedOut++;
      }
    }
  }

  private long quantile(long rank) {
    long seen = 0;
    for (int i = 0; i < histogram.length; i++) {
      seen += histogram[i];
      if (seen > rank) {
        return i * 10L;
      }
    }
    return longestMicros;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try (var channel = DatagramChannel.open()) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
      channel.connect(server).configureBlocking(false);
      var buffer = ByteBuffer.allocateDirect(2048);
      long next = System.nanoTime();
      while (!closed) {
        if (System.nanoTime() >= next) {
          send(channel, buffer);
          next += 1_000_000_000L / rate;
        } else if (!receive(channel, buffer)) {
          LockSupport.parkNanos(50_000);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(DatagramChannel channel, ByteBuffer buffer) {
    id = (id + 1) % IDS;
    synchronized (this) {
      sentNanos[id] = System.nanoTime();
    }
    buffer.clear();
    buffer.putShort((short) id).putShort((short) 0x0100).putShort((short) 1);
    buffer.putShort((short) 0).putInt(0);
    boolean reverse = random.nextInt(20) == 0;
    for (String label : (reverse ? reverseName() : name()).split("\\.", -1)) {
      byte[] octets = label.getBytes(StandardCharsets.US_ASCII);
      buffer.put((byte) octets.length).put(octets);
    }
    buffer.put((byte) 0).putShort((short) (reverse ? 12 : 1)).putShort((short) 1);
    try {
      channel.write(buffer.flip());
    } catch (IOException e) {
      // Refused while the server is not there: a timeout.
    }
  }

  private String name() {
    int i = random.nextInt(services);
    String service = "service-%05d.team-%03d.svc.cluster.local".formatted(i, i % 500);
    int what = random.nextInt(10);
    if (what == 0) {
      return "host-" + random.nextInt(50_000) + ".example.com";
    }
    if (what == 1) {
      return "example.com." + service.substring(service.indexOf('.') + 1);
    }
    return what == 2 ? "10-" + (i >> 8) + "-" + (i & 255) + "-5." + service : service;
  }

  private String reverseName() {
    int i = random.nextInt(services);
    return "5." + (i & 255) + "." + (i >> 8) + ".10.in-addr.arpa";
  }

  private boolean receive(DatagramChannel channel, ByteBuffer buffer) {
    buffer.clear();
    try {
      if (channel.read(buffer) < HEADER) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    int at = buffer.getShort(0) & 0xffff;
    long nanos = System.nanoTime() - sentNanos[at];
    synchronized (this) {
      if (sentNanos[at] == 0 || nanos > TIMEOUT_NANOS) {
        return true;
      }
      sentNanos[at] = 0;
      answered++;
      failed += (buffer.get(3) & 15) == SERVFAIL ? 1 : 0;
      longestMicros = Math.max(longestMicros, nanos / 1000);
      histogram[(int) Math.min(nanos / 10_000, histogram.length - 1)]++;
    }
    return true;
  }
}
