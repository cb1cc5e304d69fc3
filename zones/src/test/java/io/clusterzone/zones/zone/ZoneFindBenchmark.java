package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.NameHash;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The cost of hashing and finding a name, by the size of the zone. Names are asked in random
/// order, so a large zone shows the misses of the processor's caches as well.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ZoneFindBenchmark {
  private static final int QUESTIONS = 1 << 16;

  @Param({"1000", "10000", "100000", "1000000"})
  int names;

  private final byte[][] hits = new byte[QUESTIONS][];
  private final byte[][] misses = new byte[QUESTIONS][];
  private Zone zone = LargeZone.empty(LargeZone.FORWARD);
  private int next;

  @Setup
  public void load() {
    zone = LargeZone.forward(names);
    var random = new Random(1);
    for (int i = 0; i < QUESTIONS; i++) {
      int number = random.nextInt(names);
      hits[i] = LargeZone.service(number).toFoldedWire();
      misses[i] = LargeZone.service(names + number).toFoldedWire();
    }
  }

  @Benchmark
  public @Nullable Node hit() {
    return find(hits);
  }

  @Benchmark
  public @Nullable Node miss() {
    return find(misses);
  }

  private @Nullable Node find(byte[][] questions) {
    byte[] name = questions[next++ & (QUESTIONS - 1)];
    return zone.find(name, 0, name.length, NameHash.of(name, 0, name.length));
  }
}
