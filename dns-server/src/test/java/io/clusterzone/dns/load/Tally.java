package io.clusterzone.dns.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// The results of a number of queries. Written by one thread, read when that has ended.
final class Tally {
  private static final int SAMPLES = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Histogram latencyNanos = new Histogram(3);
  private final List<String> samples = new ArrayList<>();
  private final long begunNanos = System.nanoTime();
  private long sent;
  private long lost;
  private long wrong;

  void sent() {
    sent++;
  }

  void right(long nanos) {
    latencyNanos.recordValue(nanos);
  }

  void wrong(long nanos, ByteBuffer reply) {
    latencyNanos.recordValue(nanos);
    wrong++;
    if (samples.size() < SAMPLES) {
      samples.add(Messages.describe(reply));
    }
  }

  void lost(byte[] query, long sentNanos) {
    lost++;
    if (samples.size() < SAMPLES) {
      String question = Messages.describe(ByteBuffer.wrap(query)).replaceFirst(":.*", "");
      long millis = TimeUnit.NANOSECONDS.toMillis(sentNanos - begunNanos);
      samples.add("%s: no reply (sent after %d ms)".formatted(question, millis));
    }
  }

  long replies() {
    return latencyNanos.getTotalCount();
  }

  /// Nothing lost, nothing wrong.
  boolean isClean() {
    return lost == 0 && wrong == 0;
  }

  long losses() {
    return lost;
  }

  long wrongs() {
    return wrong;
  }

  void add(Tally other) {
    latencyNanos.add(other.latencyNanos);
    sent += other.sent;
    lost += other.lost;
    wrong += other.wrong;
    samples.addAll(other.samples);
  }

  /// The latency that this share of the replies did not exceed.
  double millis(double percentile) {
    return latencyNanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  @Override
  public String toString() {
    return "%d sent, %d lost, %d wrong; p50 %.3f p99 %.3f p99.9 %.3f max %.3f ms%s"
        .formatted(
            sent,
            lost,
            wrong,
            millis(50),
            millis(99),
            millis(99.9),
            millis(100),
            samples.isEmpty() ? "" : "; such as " + String.join(", ", samples));
  }
}
