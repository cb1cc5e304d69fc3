package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.SuffixMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The zones of one server at one moment. Immutable, read by any thread; a query takes it once from
/// the [ZoneTable] and keeps it to its end.
public final class Zones {
  public static final Zones NONE = new Zones(List.of());

  private final List<Zone> all;
  private final SuffixMap<Zone> byApex;

  /// @throws IllegalArgumentException if two zones have one apex
  public Zones(Collection<Zone> zones) {
    all = List.copyOf(zones);
    Map<Name, Zone> apexes = HashMap.newHashMap(all.size());
    for (Zone zone : all) {
      if (apexes.put(zone.apex(), zone) != null) {
        throw new IllegalArgumentException("two zones " + zone.apex());
      }
    }
    byApex = SuffixMap.of(apexes);
  }

  public List<Zone> all() {
    return all;
  }

  /// The zone that the name in `folded[offset, offset + length)` belongs to: the one with the
  /// longest apex at or above the name, label by label; null if there is none.
  public @Nullable Zone longestMatch(byte[] folded, int offset, int length) {
    return byApex.longest(folded, offset, length);
  }
}
