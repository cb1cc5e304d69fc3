package io.clusterzone.zones.zone;

import io.clusterzone.zones.record.RRset;
import java.util.List;
import java.util.Set;

/// Everything a zone holds at one owner name: its RRsets, at most one per type, and what else is
/// true of the name.
public record Content(List<RRset> rrsets, Set<Trait> traits) {
  /// The name does not exist, unless names below it do.
  public static final Content ABSENT = new Content(List.of(), Set.of());

  /// The name exists and holds no records.
  public static final Content EMPTY = new Content(List.of(), Set.of(Trait.EXISTS));

  /// @throws IllegalArgumentException if two RRsets share a type
  public Content {
    rrsets = List.copyOf(rrsets);
    traits = Set.copyOf(traits);
    for (int i = 1; i < rrsets.size(); i++) {
      if (hasType(rrsets.subList(0, i), rrsets.get(i).type())) {
        throw new IllegalArgumentException("two RRsets of one type: " + rrsets);
      }
    }
  }

  private static boolean hasType(List<RRset> rrsets, int type) {
    for (RRset rrset : rrsets) {
      if (rrset.type() == type) {
        return true;
      }
    }
    return false;
  }

  boolean has(int type) {
    return hasType(rrsets, type);
  }

  boolean isAbsent() {
    return rrsets.isEmpty() && traits.isEmpty();
  }

  /// Content of records alone.
  public static Content of(RRset... rrsets) {
    return new Content(List.of(rrsets), Set.of());
  }
}
