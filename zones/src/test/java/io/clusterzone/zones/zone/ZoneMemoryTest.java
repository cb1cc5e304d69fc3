package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/// 10,000 Services with 100,000 endpoints have about 110,000 names with addresses and 100,000 with
/// a PTR; the server has 170 MiB for everything.
final class ZoneMemoryTest {
  private static final int NAMES = 210_000;

  @Test
  void holdsALargeClusterInAFewDozenMegabytes() {
    long before = usedHeap();
    var zones = new Zones(List.of(LargeZone.forward(110_000), LargeZone.reverse(100_000)));
    long bytesPerName = (usedHeap() - before) / NAMES;

    assertThat(zones.all().stream().mapToInt(Zone::size).sum()).isGreaterThan(NAMES);
    assertThat(bytesPerName).isBetween(80L, 160L);
  }

  private static long usedHeap() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
