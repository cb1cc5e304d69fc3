package io.clusterzone.dns.step;

import io.clusterzone.dns.config.Network;
import io.clusterzone.k8s.model.IpAddress;
import java.util.ArrayList;
import java.util.List;

/// A set of networks that is asked whether it holds an address: ranges in order, none of which
/// touches another, searched by halves. Immutable.
final class NetworkSet {
  private static final int V4_OCTETS = 4;

  private record Range(IpAddress first, IpAddress last) {}

  private final IpAddress[] firsts;
  private final IpAddress[] lasts;

  private NetworkSet(List<Range> ranges) {
    firsts = ranges.stream().map(Range::first).toArray(IpAddress[]::new);
    lasts = ranges.stream().map(Range::last).toArray(IpAddress[]::new);
  }

  static NetworkSet of(List<Network> networks) {
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

  /// @param octets of an address, 4 or 16
  boolean contains(byte[] octets) {
    boolean v4 = octets.length == V4_OCTETS;
    long high = v4 ? 0 : bits(octets, 0, Long.BYTES);
    long low = v4 ? bits(octets, 0, V4_OCTETS) : bits(octets, Long.BYTES, Long.BYTES);
    return contains(new IpAddress(v4, high, low));
  }

  /// Networks are whole, so two ranges either do not touch or one holds the other.
  boolean contains(IpAddress address) {
    int from = 0;
    int to = firsts.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      if (firsts[middle].compareTo(address) > 0) {
        to = middle - 1;
      } else if (lasts[middle].compareTo(address) < 0) {
        from = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  private static long bits(byte[] octets, int from, int count) {
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      bits = bits << Byte.SIZE | (octets[i] & 0xff);
    }
    return bits;
  }
}
