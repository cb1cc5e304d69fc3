package io.clusterzone.dns.load;

import io.clusterzone.k8s.api.FakeApiServer;
import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// An API server that keeps breaking: connections are cut, versions forgotten (410 Gone) or gone
/// backwards, requests refused or never answered, watches open and silent, bodies slow or torn, and
/// the server is away for seconds and comes back on its port. One thread; what it tells is safe on
/// any.
final class SoakFaults implements AutoCloseable {
  private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(8);

  /// After which a watch that says nothing is given up, and a little more.
  private static final Duration SILENCE_NOTICED = Duration.ofSeconds(85);

  private static final long VERSIONS_BACK = 1 << 20;

  private interface Fault {
    void happen() throws IOException, InterruptedException;
  }

  private final FakeCluster cluster;
  private final Random random;
  private final List<Fault> all = new ArrayList<>();
  private final List<Fault> left = new ArrayList<>();
  private FakeApiServer server;
  private volatile long healthySinceNanos = System.nanoTime();
  private volatile boolean healthy = true;
  private final AtomicInteger count = new AtomicInteger();

  /// @param lasting whether there is time for faults that take minutes to be noticed
  SoakFaults(FakeCluster cluster, long seed, boolean lasting) throws IOException {
    this.cluster = cluster;
    this.random = new Random(seed);
    this.server = new FakeApiServer(cluster);
    all.addAll(
        List.of(
            () -> server.cut(),
            this::forget,
            this::refuse,
            this::hang,
            this::mute,
            this::slow,
            this::tear,
            this::goBackwards,
            this::restart));
    if (lasting) {
      all.add(this::muteForGood);
    }
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

  private void forget() {
    cluster.compact();
    server.cut();
  }

  /// Breaks something, and mends it before it returns. Each fault comes once before any comes
  /// again.
  void next() throws IOException, InterruptedException {
    healthy = false;
    count.incrementAndGet();
    if (left.isEmpty()) {
      left.addAll(all);
      Collections.shuffle(left, random);
    }
    left.removeLast().happen();
    healthySinceNanos = System.nanoTime();
    healthy = true;
  }

  private void refuse() throws InterruptedException {
    server.fault((_, reply) -> reply.refuse(429, "TooManyRequests", "later", 1));
    server.cut();
    await();
    server.healed();
  }

  /// Connections are taken and nothing is said on them.
  private void hang() throws InterruptedException {
    server.fault((_, _) -> true);
    server.cut();
    await();
    server.healed();
    server.cut();
  }

  /// Watches fall silent, and are cut a while later.
  private void mute() throws InterruptedException {
    server.mute();
    await();
    server.cut();
  }

  /// As with a peer that has gone without a word: only the silence tells.
  private void muteForGood() throws InterruptedException {
    server.mute();
    Thread.sleep(SILENCE_NOTICED);
  }

  private void slow() throws InterruptedException {
    server.chunksOf(1 + random.nextInt(300)).pausing(5);
    server.cut();
    await();
    server.chunksOf(1 << 20).pausing(0);
    server.cut();
  }

  private void tear() throws InterruptedException {
    long end = System.nanoTime() + random.nextLong(LONGEST_ABSENCE.toNanos());
    while (System.nanoTime() < end) {
      server.tearingAfter(1 + random.nextInt(20_000));
      server.cut();
      Thread.sleep(500);
    }
    server.tearingAfter(0);
    server.cut();
  }

  /// As after a restore from a backup; bookmarks tell of it.
  private void goBackwards() throws InterruptedException {
    cluster.restore(cluster.version() - VERSIONS_BACK);
    for (long second = 0; second < LONGEST_ABSENCE.toSeconds(); second++) {
      Thread.sleep(1000);
      for (Kind kind : Kind.values()) {
        cluster.bookmark(kind);
      }
    }
  }

  private void await() throws InterruptedException {
    Thread.sleep(random.nextLong(LONGEST_ABSENCE.toMillis()));
  }

  private void restart() throws IOException, InterruptedException {
    int port = server.port();
    server.stop();
    await();
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
