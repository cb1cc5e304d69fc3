package io.clusterzone.dns.ops.top;

import io.clusterzone.dns.ops.top.Dimension.By;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sum of several sketches of one dimension.
///
/// A key's counts add up, and so do their errors. What a full sketch may have counted of a key that
/// it no longer has is in no row, but in the rest.
final class Merging {
  private static final Comparator<Ranking.Row> ORDER =
      Comparator.comparingLong(Ranking.Row::count).reversed().thenComparing(Ranking.Row::key);

  private static final class Sum {
    long count;
    long error;
  }

  private final By by;
  private final Map<String, Sum> sums = new HashMap<>();
  private long total;

  Merging(By by) {
    this.by = by;
  }

  /// @param coded whether keys begin with a code
  /// @param rcode the code that counts; -1 for all
  void add(SpaceSaving sketch, boolean coded, int rcode) {
    int skipped = coded ? 1 : 0;
    boolean whole = !coded || rcode < 0;
    if (whole) {
      total += sketch.total();
    }
    sketch.forEach((key, count, error) -> {
      if (whole || key[0] == rcode) {
        Sum sum =
            sums.computeIfAbsent(
                text(Arrays.copyOfRange(key, skipped, key.length)), _ -> new Sum());
        sum.count += count;
        sum.error += error;
        total += whole ? 0 : count;
      }
    });
  }

  private String text(byte[] key) {
    return switch (by) {
      case NAME, LABELS -> Name.ofWire(key, 0).toString();
      case NAMESPACE -> key.length == 0 ? Ranking.NO_NAMESPACE : NameParts.labelText(key);
      case CLIENT -> address(key);
    };
  }

  static String address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("octets of an address: " + octets.length, e);
    }
  }

  /// A row that is mostly error tells nothing, and is part of the rest.
  Ranking ranking(int most) {
    List<Ranking.Row> rows =
        sums.entrySet().stream()
            .filter(entry -> entry.getValue().error * 2 <= entry.getValue().count)
            .map(entry ->
                new Ranking.Row(entry.getKey(), entry.getValue().count, entry.getValue().error))
            .sorted(ORDER)
            .limit(most)
            .toList();
    return new Ranking(rows, total);
  }
}
