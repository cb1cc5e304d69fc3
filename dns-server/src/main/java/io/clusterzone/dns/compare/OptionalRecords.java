package io.clusterzone.dns.compare;

import io.clusterzone.dns.compare.SeenRecord.Data;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Records beside an answer that a server may add or leave out: the zone's name servers in the
/// authority section and addresses in the additional section (RFC 1034 section 4.3.2 steps 3a and
/// 6). Where both have them they have to say the same.
final class OptionalRecords {
  private record Owned(Name owner, int type) {}

  private OptionalRecords() {}

  /// Whether that is all in which two messages with equal answers differ, as far as this section.
  static boolean areAll(Field field, Answer.Message here, Answer.Message there) {
    boolean positive = !here.answer().isEmpty() && !there.answer().isEmpty();
    return positive
        && switch (field) {
          case AUTHORITY -> only(here.authority(), there.authority(), type -> type == RRType.NS);
          case ADDITIONAL ->
              only(
                  here.additional(),
                  there.additional(),
                  type -> type == RRType.A || type == RRType.AAAA);
          case TIMEOUT,
              MALFORMED,
              OPCODE,
              QUESTION,
              RCODE,
              FLAGS,
              ANSWER_TYPES,
              ANSWER_DATA,
              EDNS,
              TTL,
              ORDER ->
              false;
        };
  }

  private static boolean only(
      List<SeenRecord> here, List<SeenRecord> there, Predicate<Integer> optional) {
    Set<Owned> both = owned(here);
    both.retainAll(owned(there));
    return left(here, both, optional).equals(left(there, both, optional));
  }

  private static Set<Owned> owned(List<SeenRecord> section) {
    var owned = new HashSet<Owned>();
    section.forEach(seen -> owned.add(owned(seen.data())));
    return owned;
  }

  private static Owned owned(Data data) {
    return new Owned(data.owner(), data.type());
  }

  /// The records that are not optional, or that the other has an RRset of as well.
  private static List<Data> left(
      List<SeenRecord> section, Set<Owned> both, Predicate<Integer> optional) {
    return SeenRecord.sorted(section).stream()
        .filter(data -> both.contains(owned(data)) || !optional.test(data.type()))
        .toList();
  }
}
