package io.clusterzone.dns.compare;

import io.clusterzone.dns.compare.OurZones.Place;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Rcode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two messages that differ, with the predicates that [Deviations] speaks in.
///
/// @param place of the name asked; null outside our zones
/// @param field the heaviest in which they differ
record Case(
    ComparedQuestion question,
    @Nullable Place place,
    Field field,
    Answer.Message here,
    Answer.Message there) {
  private static final Place OUTSIDE = new Place(Name.ROOT, List.of("outside"));

  /// Labels of an address below its tree: the four octets, the 32 nibbles.
  private static final int V4_LABELS = 4;

  private static final int V6_LABELS = 32;

  static boolean isNodata(Answer.Message message) {
    return message.rcode() == Rcode.NOERROR && message.answer().isEmpty();
  }

  static boolean isNxdomain(Answer.Message message) {
    return message.rcode() == Rcode.NXDOMAIN;
  }

  boolean nodataHereNxdomainThere() {
    return isNodata(here) && isNxdomain(there);
  }

  boolean isType(int type) {
    return question.type() == type;
  }

  boolean isAddressType() {
    return isType(RRType.A) || isType(RRType.AAAA);
  }

  private Place at() {
    return place == null ? OUTSIDE : place;
  }

  boolean outside() {
    return place == null;
  }

  boolean forward() {
    return place != null && !place.isReverse();
  }

  boolean reverse() {
    return place != null && place.isReverse();
  }

  int depth() {
    return at().depth();
  }

  String label(int depth) {
    return at().label(depth);
  }

  /// Whether the name in its zone is this one, written from the apex outwards.
  boolean is(String... labels) {
    return place != null && place.labels().equals(List.of(labels));
  }

  boolean below(String tree) {
    return forward() && label(1).equals(tree);
  }

  /// The zones of multicluster have another schema.
  boolean inClusterSet() {
    return forward() && at().apex().toString().startsWith("clusterset.");
  }

  /// The labels of the name below its tree, whatever of them is the zone's.
  private int addressLabels() {
    return question.name().labelCount() - 2;
  }

  /// Whether the name is that of a whole address.
  boolean isAddress() {
    return reverse() && addressLabels() == addressLength();
  }

  boolean isPartOfAddress() {
    return reverse()
        && addressLabels() < addressLength()
        && at().labels().stream().allMatch(label -> label.matches("[0-9]{1,3}|[a-f]"));
  }

  boolean isBelowAddress() {
    return reverse() && addressLabels() > addressLength();
  }

  private int addressLength() {
    return at().apex().toString().endsWith("ip6.arpa.") ? V6_LABELS : V4_LABELS;
  }

  boolean isMixedCase() {
    return !question.name().toString().equals(question.name().folded().toString());
  }
}
