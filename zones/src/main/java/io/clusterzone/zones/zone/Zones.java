package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The zones of one server at one moment. Immutable, read by any thread; a query takes it once from
/// the [ZoneTable] and keeps it to its end.
public final class Zones {
  private static final Zone[] NO_ZONES = {};

  public static final Zones NONE = new Zones(List.of());

  private final List<Zone> all;

  /// At index n the zones whose apex has n octets in wire form.
  private final Zone[][] byApexLength = new Zone[Name.MAX_LENGTH + 1][];

  /// @throws IllegalArgumentException if two zones have one apex
  public Zones(Collection<Zone> zones) {
    all = List.copyOf(zones);
    Arrays.fill(byApexLength, NO_ZONES);
    for (Zone zone : all) {
      add(zone);
    }
  }

  private void add(Zone zone) {
    int length = zone.apex().length();
    Zone[] same = byApexLength[length];
    for (Zone other : same) {
      if (other.apex().equals(zone.apex())) {
        throw new IllegalArgumentException("two zones " + zone.apex());
      }
    }
    Zone[] longer = Arrays.copyOf(same, same.length + 1);
    longer[same.length] = zone;
    byApexLength[length] = longer;
  }

  public List<Zone> all() {
    return all;
  }

  /// These zones, with `next` in the place of the zone that has its apex, or added.
  public Zones with(Zone next) {
    List<Zone> changed = new ArrayList<>(all);
    changed.removeIf(zone -> zone.apex().equals(next.apex()));
    changed.add(next);
    return new Zones(changed);
  }

  /// The zone that the name in `folded[offset, offset + length)` belongs to: of those whose apex is
  /// the name or an ancestor of it, label by label, the one with the longest; null if there is
  /// none.
  public @Nullable Zone longestMatch(byte[] folded, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; at += folded[at] + 1) {
      for (Zone zone : byApexLength[end - at]) {
        if (zone.hasApex(folded, at, end)) {
          return zone;
        }
      }
    }
    return null;
  }
}
