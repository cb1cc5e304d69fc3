package io.clusterzone.dns.compare;

import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The zones in which a difference is somebody's fault; names outside are the world's.
public record OurZones(List<Name> apexes) {
  public OurZones {
    apexes = List.copyOf(apexes);
  }

  /// A name seen from the apex of its zone.
  ///
  /// @param labels from the apex's child outwards, in lower case: of `web.shop.svc` they are `svc`,
  ///   `shop`, `web`
  record Place(Name apex, List<String> labels) {
    boolean isReverse() {
      return ReverseName.isReverse(apex);
    }

    int depth() {
      return labels.size();
    }

    /// The label at this depth, 1 for the apex's child; empty if the name is not that deep.
    String label(int depth) {
      return depth <= labels.size() ? labels.get(depth - 1) : "";
    }
  }

  /// Whether a name is in one of them.
  public boolean has(Name name) {
    return apexes.stream().anyMatch(name::isAtOrBelow);
  }

  /// The place of a name in the lowest of the zones that it is in, or null if it is outside.
  @Nullable Place place(Name name) {
    Name best = null;
    for (Name apex : apexes) {
      if (name.isAtOrBelow(apex) && (best == null || apex.labelCount() > best.labelCount())) {
        best = apex;
      }
    }
    return best == null ? null : new Place(best, labels(name, best));
  }

  private static List<String> labels(Name name, Name apex) {
    byte[] wire = name.toFoldedWire();
    List<String> labels = new ArrayList<>();
    for (int at = 0; wire.length - at > apex.length(); at += wire[at] + 1) {
      labels.addFirst(new String(wire, at + 1, wire[at], StandardCharsets.ISO_8859_1));
    }
    return labels;
  }
}
