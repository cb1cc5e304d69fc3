package io.clusterzone.dns.compare;

import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.compare.OurZones.Place;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Header;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Says whose a difference is. What one exchange explains is judged at once; the rest is asked
/// again, after a second and after the TTL, and judged by what became of it.
public final class Judge {
  private final OurZones zones;

  public Judge(OurZones zones) {
    this.zones = zones;
  }

  /// The judgement of a round that differs, if asking again would not change it; otherwise null.
  public @Nullable Finding atOnce(ComparedQuestion question, Round round) {
    Pair pair = Objects.requireNonNull(round.heaviest(), "no difference");
    Judgement judgement = byItself(question, pair);
    return judgement == null ? null : new Finding(question, pair, judgement);
  }

  /// The judgement of a round that differed, after the same question was asked again.
  ///
  /// @param rounds in the order of time; the first one differs
  public Finding settled(ComparedQuestion question, List<Round> rounds) {
    Pair first = Objects.requireNonNull(rounds.getFirst().heaviest(), "no difference");
    Pair last = rounds.getLast().heaviest();
    if (last == null || Round.isSlight(last.difference().field())) {
      return new Finding(question, first, Judgement.of(gone(rounds, first)));
    }
    return new Finding(question, last, lasting(question, rounds.getLast(), last));
  }

  private @Nullable Judgement byItself(ComparedQuestion question, Pair pair) {
    return switch (pair.difference().field()) {
      case TTL -> Judgement.of(Kind.TTL_ONLY);
      case ORDER -> Judgement.of(Kind.ORDER);
      case TIMEOUT, MALFORMED -> null;
      case OPCODE, QUESTION, RCODE, FLAGS, ANSWER_TYPES, ANSWER_DATA, AUTHORITY, ADDITIONAL, EDNS ->
          known(question, pair);
    };
  }

  private @Nullable Judgement known(ComparedQuestion question, Pair pair) {
    if (pair.here() instanceof Answer.Message here
        && pair.there() instanceof Answer.Message there) {
      Place place = zones.place(question.name());
      if (place != null && isOwnName(question, place, here, there)) {
        return Judgement.of(Kind.OWN_NAMES);
      }
      if (OptionalRecords.areAll(pair.difference().field(), here, there)) {
        return Judgement.of(Kind.OPTIONAL);
      }
      Deviation deviation =
          Deviations.find(new Case(question, place, pair.difference().field(), here, there));
      return deviation == null ? null : Judgement.wrongThere(deviation);
    }
    return null;
  }

  /// Who changed decides who was late; a lost datagram is nobody's answer.
  private static Kind gone(List<Round> rounds, Pair first) {
    Field field = first.difference().field();
    if (field == Field.TIMEOUT || field == Field.MALFORMED) {
      return Kind.NOT_REPRODUCIBLE;
    }
    boolean weChanged = Round.saysOther(first.here(), rounds.getLast().here());
    boolean theyChanged = Round.saysOther(first.there(), rounds.getLast().there().getFirst());
    if (weChanged == theyChanged) {
      return Kind.NOT_REPRODUCIBLE;
    }
    return weChanged ? Kind.LATER_HERE : Kind.LATER_THERE;
  }

  private Judgement lasting(ComparedQuestion question, Round round, Pair pair) {
    if (round.theyDiffer()) {
      return Judgement.of(Kind.THEY_DIFFER);
    }
    if (!isWhole(pair.here())) {
      return Judgement.of(Kind.WRONG_HERE);
    }
    if (!isWhole(pair.there())) {
      return Judgement.wrongThere(Deviations.ofNoMessage(question, pair, zones));
    }
    Judgement known = known(question, pair);
    if (known != null) {
      return known;
    }
    boolean outside = zones.place(question.name()) == null;
    return Judgement.of(outside ? Kind.OUTSIDE_VARIES : Kind.WRONG_HERE);
  }

  private static boolean isWhole(Answer answer) {
    return answer instanceof Answer.Message;
  }

  /// Each server is the name server of its own copy of a zone, at its own address.
  private static boolean isOwnName(
      ComparedQuestion question, Place place, Answer.Message here, Answer.Message there) {
    int type = question.type();
    if (type == RRType.NS && place.depth() == 0) {
      return here.answers(type) && there.answers(type) && !Deviations.isUnresolvable(place, there);
    }
    boolean address = type == RRType.A || type == RRType.AAAA;
    boolean told = !here.answer().isEmpty() && !there.answer().isEmpty();
    boolean toldByOne = !here.answer().isEmpty() || !there.answer().isEmpty();
    return place.labels().equals(List.of("dns", "ns"))
        && here.rcode() == there.rcode()
        && (told || (address && toldByOne && here.has(Header.AA) && there.has(Header.AA)));
  }
}
