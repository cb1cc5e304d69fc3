package io.clusterzone.dns.ops;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Counts values by bucket, for what happens less often than queries do. Safe on any thread.
public final class Histogram {
  private final Buckets buckets;
  private final AtomicLongArray counts;
  private final LongAdder sum = new LongAdder();

  public Histogram(Buckets buckets) {
    this.buckets = buckets;
    this.counts = new AtomicLongArray(buckets.places());
  }

  /// Counts a value, in the unit of the buckets.
  public void observe(long value) {
    counts.incrementAndGet(buckets.indexOf(value));
    sum.add(value);
  }

  /// The number of values counted.
  long count() {
    long count = 0;
    for (int i = 0; i < counts.length(); i++) {
      count += counts.get(i);
    }
    return count;
  }

  /// Writes what has been counted as samples of the open family.
  public void writeTo(MetricText text, String labels) {
    long[] now = new long[counts.length()];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts.get(i);
    }
    text.histogram(labels, buckets, now, sum.sum());
  }
}
