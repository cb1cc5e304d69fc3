package io.clusterzone.zones.zone;

import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/// The cost of the next version of a zone when one name changes, by the size of the zone.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ZoneEditorBenchmark {
  @Param({"1000", "10000", "100000", "1000000"})
  int names;

  private final Random random = new Random(1);
  private Zone zone = LargeZone.empty(LargeZone.FORWARD);

  @Setup
  public void load() {
    zone = LargeZone.forward(names);
  }

  /// A Service gets another address.
  @Benchmark
  public Zone changeOneName() {
    int number = random.nextInt(names);
    return next(number, LargeZone.address(random.nextInt(1 << 24)));
  }

  /// A Service comes and goes: two versions.
  @Benchmark
  public Zone addAndRemoveOneName() {
    int number = names + random.nextInt(names);
    next(number, LargeZone.address(number));
    return next(number, Content.ABSENT);
  }

  private Zone next(int number, Content content) {
    var editor = new ZoneEditor(zone);
    editor.replace(LargeZone.service(number), content);
    zone = editor.finish(zone.serial() + 1).zone();
    return zone;
  }
}
