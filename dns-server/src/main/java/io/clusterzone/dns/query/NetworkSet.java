package io.clusterzone.dns.query;

import io.clusterzone.dns.config.Network;
import io.clusterzone.k8s.model.IpAddress;
import java.util.ArrayList;
import java.util.List;

/// A set of networks that is asked whether it holds an address: ranges in order, none of which
/// touches another, searched by halves. Immutable.
public final class NetworkSet {
  private static final int V4_OCTETS = 4;

  private record Range(IpAddress first, IpAddress last) {}

  private final IpAddress[] firsts;
  private final IpAddress[] lasts;

  private NetworkSet(List<Range> ranges) {
    firsts = ranges.stream().map(Range::first).toArray(IpAddress[]::new);
    lasts = ranges.stream().map(Range::last).toArray(IpAddress[]::new);
  }

  public static NetworkSet of(List<Network> networks) {
    List<Range> sorted =
        networks.stream()
            .map(network -> new Range(network.address(), network.last()))
            .sorted((a, b) -> a.first().compareTo(b.first()))
            .toList();
    var merged = new ArrayList<Range>();
    for (Range range : sorted) {
      Range before = merged.isEmpty() ? null : merged.getLast();
      if (before == null || before.last().compareTo(range.first()) < 0) {
        merged.add(range);
      } else if (before.last().compareTo(range.last()) < 0) {
        merged.set(merged.size() - 1, new Range(before.first(), range.last()));
      }
    }
    return new NetworkSet(merged);
  }

  /// Whether one of the networks holds the address.
  ///
  /// @param octets of an address, 4 or 16
  public boolean contains(byte[] octets) {
    boolean v4 = octets.length == V4_OCTETS;
    long high = v4 ? 0 : bits(octets, 0, Long.BYTES);
    long low = v4 ? bits(octets, 0, V4_OCTETS) : bits(octets, Long.BYTES, Long.BYTES);
    int from = 0;
    int to = firsts.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      if (compare(firsts[middle], v4, high, low) > 0) {
        to = middle - 1;
      } else if (compare(lasts[middle], v4, high, low) < 0) {
        from = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /// The order of [IpAddress], without making one.
  private static int compare(IpAddress address, boolean v4, long high, long low) {
    if (address.isV4() != v4) {
      return address.isV4() ? -1 : 1;
    }
    int order = Long.compareUnsigned(address.high(), high);
    return order != 0 ? order : Long.compareUnsigned(address.low(), low);
  }

  private static long bits(byte[] octets, int from, int count) {
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      bits = bits << Byte.SIZE | (octets[i] & 0xff);
    }
    return bits;
  }
}
