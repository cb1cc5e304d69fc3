package io.clusterzone.dns.ops.top;

import io.clusterzone.dns.ops.top.Dimension.By;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The sketches of a span of time, in two generations: one that is filled, and the one before,
/// which is whole. Together they cover once to twice the length. Guarded by the lock of [QueryTop].
///
/// Replies without an error are counted apart from the others, whose keys begin with their code, so
/// that one code can be ranked by itself.
final class Window {
  private static final int NOERROR = 0;

  /// A generation: two sketches of each dimension, and the slowest queries.
  private static final class Generation {
    final List<SpaceSaving> good = new ArrayList<>();
    final List<SpaceSaving> bad = new ArrayList<>();
    final SlowQueries slow = new SlowQueries();
    long startNanos;
    long samples;
    long queries;

    Generation(long nowNanos) {
      startNanos = nowNanos;
      for (Dimension dimension : Dimension.all()) {
        good.add(new SpaceSaving(dimension.entries()));
        bad.add(new SpaceSaving(dimension.entries()));
      }
    }

    void begin(long nowNanos) {
      good.forEach(SpaceSaving::clear);
      bad.forEach(SpaceSaving::clear);
      slow.clear();
      samples = 0;
      queries = 0;
      startNanos = nowNanos;
    }
  }

  private final long lengthNanos;
  private Generation now;
  private Generation before;

  /// For a key with its code.
  private final byte[] coded = new byte[256];

  Window(long lengthNanos, long nowNanos) {
    this.lengthNanos = lengthNanos;
    now = new Generation(nowNanos);
    before = new Generation(nowNanos);
  }

  /// Begins the next generation if it is time for it.
  void turn(long nowNanos) {
    long age = nowNanos - now.startNanos;
    if (age >= lengthNanos) {
      Generation old = before;
      before = now;
      now = old;
      now.begin(nowNanos);
    }
    if (age >= 2 * lengthNanos) {
      before.begin(nowNanos);
    }
  }

  Coverage coverage(long nowNanos) {
    return new Coverage(
        Duration.ofNanos(Math.max(nowNanos - before.startNanos, nowNanos - now.startNanos)),
        before.queries + now.queries,
        before.samples + now.samples);
  }

  void add(QueryRing ring, int slot, NameParts name) {
    int weight = ring.weight(slot);
    int rcode = ring.rcode(slot);
    now.samples++;
    now.queries += weight;
    if (weight > 0) {
      byte[] memory = ring.memory();
      int start = ring.name(slot);
      add(Dimension.of(By.NAME), rcode, memory, start, name.end() - start, weight);
      add(
          Dimension.of(By.NAMESPACE),
          rcode,
          memory,
          name.namespace(),
          name.namespaceLength(),
          weight);
      add(
          Dimension.of(By.CLIENT),
          rcode,
          memory,
          ring.client(slot),
          ring.clientLength(slot),
          weight);
      for (int labels = 1; labels <= Dimension.MOST_LABELS; labels++) {
        int suffix = name.suffix(labels);
        add(new Dimension(By.LABELS, labels), rcode, memory, suffix, name.end() - suffix, weight);
      }
    }
    now.slow.add(ring, slot);
  }

  private void add(
      Dimension dimension, int rcode, byte[] memory, int offset, int length, long weight) {
    if (rcode == NOERROR) {
      now.good.get(dimension.index()).add(memory, offset, length, weight);
    } else {
      coded[0] = (byte) rcode;
      System.arraycopy(memory, offset, coded, 1, length);
      now.bad.get(dimension.index()).add(coded, 0, length + 1, weight);
    }
  }

  /// @param rcode the code that counts; -1 for all
  Ranking rank(Dimension dimension, int rcode, int most) {
    var merging = new Merging(dimension.by());
    for (Generation generation : List.of(now, before)) {
      if (rcode <= NOERROR) {
        merging.add(generation.good.get(dimension.index()), false, rcode);
      }
      if (rcode != NOERROR) {
        merging.add(generation.bad.get(dimension.index()), true, rcode);
      }
    }
    return merging.ranking(most);
  }

  /// The slowest queries, the slowest first, each name and type once.
  List<SlowQuery> slowest(int rcode, int most) {
    return SlowQueries.merged(List.of(now.slow, before.slow), rcode, most);
  }
}
