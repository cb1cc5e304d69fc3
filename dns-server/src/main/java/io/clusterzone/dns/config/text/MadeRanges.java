package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.made.AddressRange;
import io.clusterzone.k8s.made.MadeOptions;
import java.util.ArrayList;
import java.util.List;

/// The address ranges of a made-up cluster, as options and flags have them.
public final class MadeRanges {
  static final String NONE = "none";

  private MadeRanges() {}

  /// Reads ranges with commas between them, one of each family at the most, or `none`.
  ///
  /// @throws IllegalArgumentException if the text is something else
  public static List<AddressRange> parse(String text) {
    if (text.equals(NONE)) {
      return List.of();
    }
    List<AddressRange> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      AddressRange range = AddressRange.parse(part);
      if (ranges.stream().anyMatch(other -> other.family() == range.family())) {
        throw new IllegalArgumentException("one IPv4 and one IPv6 range, not two of a family");
      }
      ranges.add(range);
    }
    return List.copyOf(ranges);
  }

  /// The fault between the ranges of Services and Pods; empty for none.
  public static String fault(MadeOptions options) {
    for (AddressRange services : options.serviceRanges()) {
      for (AddressRange pods : options.podRanges()) {
        if (services.overlaps(pods)) {
          return "the ranges %s of Services and %s of Pods overlap; take others"
              .formatted(services, pods);
        }
      }
    }
    return "";
  }
}
