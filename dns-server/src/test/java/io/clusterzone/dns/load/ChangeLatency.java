package io.clusterzone.dns.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Changes a cluster so many times a second, and measures how long each takes to be answered: from
/// the moment it is told to the API server to the first reply that shows it. One thread.
final class ChangeLatency {
  private static final int SOCKETS = 4;
  private static final int MOST_WAITING = 64;
  private static final long REST_NANOS = 20_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /// Neighbours in this row are far apart in the cluster.
  private static final int STEP = 7919;

  private final JavaProcess api;
  private final ServerPorts ports;
  private final int[] generations;
  private int last;

  ChangeLatency(BigCluster cluster, JavaProcess api, ServerPorts ports) {
    this.api = api;
    this.ports = ports;
    this.generations = new int[cluster.services()];
  }

  /// The measurements.
  ///
  /// @param latency in nanoseconds, of the changes that were seen
  /// @param fineness how much of each may be the measurement's own
  /// @param tally of the queries
  /// @param unseen changes that were not answered within half a minute of the last
  record Result(Histogram latency, Histogram fineness, Tally tally, int unseen) {
    double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }

    @Override
    public String toString() {
      return "%d changes: p50 %.2f p99 %.2f max %.2f ms (to within p50 %.2f p99 %.2f), %d unseen"
          .formatted(
              latency.getTotalCount(),
              millis(50),
              millis(99),
              millis(100),
              fineness.getValueAtPercentile(50) / 1e6,
              fineness.getValueAtPercentile(99) / 1e6,
              unseen);
    }
  }

  Result run(int perSecond, int seconds) throws IOException {
    var result = new Result(new Histogram(3), new Histogram(3), new Tally(), 0);
    List<Asker> askers = new ArrayList<>();
    for (int i = 0; i < SOCKETS; i++) {
      askers.add(new Asker(ports.address()));
    }
    List<ChangeProbe> open = new ArrayList<>();
    long begun = System.nanoTime();
    int changes = perSecond * seconds;
    int done = 0;
    while (done < changes || !open.isEmpty()) {
      long elapsed = System.nanoTime() - begun;
      while (done < changes && elapsed * perSecond / 1_000_000_000L > done) {
        open.add(change(result));
        done++;
      }
      boolean busy = ask(askers, open);
      open.removeIf(ChangeProbe::seen);
      if (elapsed > TimeUnit.SECONDS.toNanos(seconds) + PATIENCE_NANOS) {
        break;
      }
      if (!busy) {
        LockSupport.parkNanos(REST_NANOS);
      }
    }
    for (Asker asker : askers) {
      asker.close();
    }
    return new Result(result.latency(), result.fineness(), result.tally(), open.size());
  }

  /// Changes without a look at what is answered.
  void changeBlindly(int perSecond, int seconds) throws IOException {
    long begun = System.nanoTime();
    for (int done = 0; done < perSecond * seconds; ) {
      if ((System.nanoTime() - begun) * perSecond / 1_000_000_000L > done) {
        tell(next());
        done++;
      } else {
        LockSupport.parkNanos(REST_NANOS);
      }
    }
  }

  private int next() {
    last = (last + STEP) % generations.length;
    generations[last]++;
    return last;
  }

  private ChangeProbe change(Result result) throws IOException {
    int i = next();
    var probe =
        ChangeProbe.of(i, generations[i], result.latency(), result.fineness(), result.tally());
    tell(i);
    return probe;
  }

  private void tell(int i) throws IOException {
    api.tell(
        BigCluster.changesAddress(i)
            ? BigCluster.service(i, generations[i])
            : BigCluster.slice(i, generations[i]));
  }

  private static boolean ask(List<Asker> askers, List<ChangeProbe> open) throws IOException {
    int replies = 0;
    int waiting = 0;
    for (Asker asker : askers) {
      replies += asker.receive();
      waiting += asker.count();
    }
    long now = System.nanoTime();
    for (int i = 0; i < open.size() && waiting < MOST_WAITING; i++) {
      ChangeProbe probe = open.get(i);
      if (probe.due(now) && askers.get(i % SOCKETS).send(probe)) {
        probe.sent();
        waiting++;
      }
    }
    return replies > 0;
  }
}
