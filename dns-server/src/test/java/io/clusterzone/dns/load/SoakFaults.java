package io.clusterzone.dns.load;

import io.clusterzone.k8s.api.FakeApiServer;
import io.clusterzone.k8s.api.FakeCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// An API server that keeps breaking: connections are cut, versions forgotten (410 Gone), requests
/// refused, and the server is away for seconds and comes back on its port. One thread; what it
/// tells is safe on any.
final class SoakFaults implements AutoCloseable {
  private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(8);

  private final FakeCluster cluster;
  private final Random random;
  private FakeApiServer server;
  private volatile long healthySinceNanos = System.nanoTime();
  private volatile boolean healthy = true;
  private final AtomicInteger count = new AtomicInteger();

  SoakFaults(FakeCluster cluster, long seed) throws IOException {
    this.cluster = cluster;
    this.random = new Random(seed);
    this.server = new FakeApiServer(cluster);
  }

  String url() {
    return server.url();
  }

  /// Since when all has been well; in the future while something is not.
  long healthySinceNanos() {
    return healthy ? healthySinceNanos : Long.MAX_VALUE;
  }

  int count() {
    return count.get();
  }

  /// Breaks something, and mends it before it returns.
  void next() throws IOException, InterruptedException {
    healthy = false;
    count.incrementAndGet();
    switch (random.nextInt(4)) {
      case 0 -> server.cut();
      case 1 -> {
        cluster.compact();
        server.cut();
      }
      case 2 -> refuse();
      default -> restart();
    }
    healthySinceNanos = System.nanoTime();
    healthy = true;
  }

  private void refuse() throws InterruptedException {
    server.fault((_, reply) -> reply.refuse(429, "TooManyRequests", "later", 1));
    server.cut();
    Thread.sleep(random.nextLong(LONGEST_ABSENCE.toMillis()));
    server.healed();
  }

  private void restart() throws IOException, InterruptedException {
    int port = server.port();
    server.stop();
    Thread.sleep(random.nextLong(LONGEST_ABSENCE.toMillis()));
    if (random.nextBoolean()) {
      cluster.compact();
    }
    server = new FakeApiServer(cluster, port);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
