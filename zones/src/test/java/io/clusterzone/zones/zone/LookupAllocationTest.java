package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;
import io.clusterzone.zones.record.RRType;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The query path allocates nothing: neither the choice of the zone nor a hit nor a miss.
final class LookupAllocationTest {
  private static final int ROUNDS = 100_000;

  private final ZoneTable table =
      new ZoneTable(new Zones(List.of(LargeZone.forward(2000), LargeZone.reverse(2000))));
  private final byte[] hit = LargeZone.service(7).toFoldedWire();
  private final byte[] miss = Name.parse("svc-7.none.svc.cluster.local.").toFoldedWire();

  @Test
  void allocatesNothing() {
    assertThat(found()).isEqualTo(ROUNDS);

    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long nothing = threads.getCurrentThreadAllocatedBytes() - before;
    int found = found();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before - nothing;

    assertThat(found).isEqualTo(ROUNDS);
    assertThat(allocated).isLessThan(ROUNDS);
  }

  private int found() {
    int found = 0;
    for (int i = 0; i < ROUNDS; i++) {
      found += holdsAddress(hit) ? 1 : 0;
      found += holdsAddress(miss) ? 1 : 0;
    }
    return found;
  }

  private boolean holdsAddress(byte[] name) {
    Zone zone = table.current().longestMatch(name, 0, name.length);
    if (zone == null) {
      return false;
    }
    Node node = zone.find(name, 0, name.length, NameHash.of(name, 0, name.length));
    return node != null && node.find(RRType.A) >= 0;
  }
}
