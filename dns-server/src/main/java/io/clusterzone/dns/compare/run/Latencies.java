package io.clusterzone.dns.compare.run;

import java.util.ArrayList;
import java.util.List;

/// The times of a server's replies, counted in classes four to the octave: a percentile is at most
/// a fifth above the real one. For one thread.
public final class Latencies {
  private static final int PER_OCTAVE = 4;
  private static final double SHORTEST_MICROS = 1;
  private static final int CLASSES = 26 * PER_OCTAVE;

  private final long[] counts = new long[CLASSES];
  private long count;
  private long longestNanos;

  /// A class with replies in it.
  ///
  /// @param uptoMicros its upper bound
  public record Bar(double uptoMicros, long count) {}

  void add(long nanos) {
    double octaves = Math.log(nanos / 1000.0 / SHORTEST_MICROS) / Math.log(2);
    int index = (int) Math.ceil(octaves * PER_OCTAVE);
    counts[Math.clamp(index, 0, CLASSES - 1)]++;
    count++;
    longestNanos = Math.max(longestNanos, nanos);
  }

  public long count() {
    return count;
  }

  /// The bound that this share of the replies is within, in microseconds; 0 without replies.
  public double micros(double share) {
    long wanted = (long) Math.ceil(share * count);
    long seen = 0;
    for (int i = 0; i < CLASSES; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return Math.min(upto(i), longestMicros());
      }
    }
    return 0;
  }

  public double longestMicros() {
    return longestNanos / 1000.0;
  }

  private static double upto(int index) {
    return SHORTEST_MICROS * Math.pow(2, (double) index / PER_OCTAVE);
  }

  /// All classes between the shortest and the longest that were seen, an octave each.
  public List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    long left = count;
    for (int i = 0; i < CLASSES && left > 0; i += PER_OCTAVE) {
      long here = 0;
      for (int j = 0; j < PER_OCTAVE; j++) {
        here += counts[i + j];
      }
      left -= here;
      if (here > 0 || !bars.isEmpty()) {
        bars.add(new Bar(upto(i + PER_OCTAVE - 1), here));
      }
    }
    return bars;
  }
}
