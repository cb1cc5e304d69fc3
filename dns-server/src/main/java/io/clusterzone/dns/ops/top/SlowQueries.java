package io.clusterzone.dns.ops.top;

import io.clusterzone.zones.name.Name;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// The slowest queries seen, at most [#MOST]. Guarded by the lock of [QueryTop].
final class SlowQueries {
  static final int MOST = 256;

  private static final Comparator<SlowQuery> SLOWEST_FIRST =
      Comparator.comparingLong(SlowQuery::nanos).reversed();

  /// The fastest of them first.
  private final PriorityQueue<SlowQuery> kept =
      new PriorityQueue<>(MOST, Comparator.comparingLong(SlowQuery::nanos));

  void add(QueryRing ring, int slot) {
    long nanos = ring.nanos(slot);
    if (kept.size() == MOST) {
      if (kept.element().nanos() >= nanos) {
        return;
      }
      kept.remove();
    }
    int client = ring.client(slot);
    byte[] address = Arrays.copyOfRange(ring.memory(), client, client + ring.clientLength(slot));
    kept.add(
        new SlowQuery(
            Name.ofWire(ring.memory(), ring.name(slot)).toString(),
            ring.type(slot),
            Merging.address(address),
            ring.rcode(slot),
            nanos));
  }

  void clear() {
    kept.clear();
  }

  private record Question(String name, int type) {}

  static List<SlowQuery> merged(List<SlowQueries> all, int rcode, int most) {
    Map<Question, SlowQuery> slowest = new LinkedHashMap<>();
    all.stream()
        .flatMap(one -> one.kept.stream())
        .filter(query -> rcode < 0 || query.rcode() == rcode)
        .sorted(SLOWEST_FIRST)
        .forEach(query -> slowest.putIfAbsent(new Question(query.name(), query.type()), query));
    return slowest.values().stream().limit(most).toList();
  }
}
