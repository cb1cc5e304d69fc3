package io.clusterzone.dns.compare.question;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.zone.Node;
import io.clusterzone.zones.zone.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Everything about a zone that could be answered in another way elsewhere: each name that exists,
/// empty non-terminals too, for each type that could matter; and for each, names beside it that do
/// not exist.
///
/// The same zone gives the same questions in the same order. Of a zone with more than the limit,
/// every second name is asked, or every third, and so on.
public final class ZoneQuestions {
  private static final List<Integer> TYPES =
      List.of(
          RRType.A,
          RRType.AAAA,
          RRType.SRV,
          RRType.TXT,
          RRType.CNAME,
          RRType.NS,
          RRType.SOA,
          RRType.PTR,
          15,
          65,
          RRType.ANY);
  private static final List<Integer> REVERSE_TYPES =
      List.of(RRType.PTR, RRType.A, RRType.TXT, RRType.SOA, RRType.NS, RRType.ANY);

  /// Types that tell whether a name exists.
  private static final List<Integer> FEW = List.of(RRType.A, RRType.TXT, RRType.SOA);

  private static final int NOTIFY = 4;

  /// Questions for a name, all in all.
  private static final int PER_NAME = 24;

  /// Labels of `SVC.NS.svc` below the apex.
  private static final int SERVICE_DEPTH = 3;

  private final Zone zone;
  private final Name apex;
  private final boolean reverse;

  private ZoneQuestions(Zone zone) {
    this.zone = zone;
    this.apex = zone.apex();
    this.reverse = ReverseName.isReverse(apex);
  }

  /// The questions about these zones, at most `limit`.
  public static QuestionSource of(List<Zone> zones, int limit) {
    return QuestionSource.of(questions(zones, limit).iterator());
  }

  /// The number of these questions.
  public static long count(List<Zone> zones, int limit) {
    return questions(zones, limit).count();
  }

  private static Stream<ComparedQuestion> questions(List<Zone> zones, int limit) {
    long names = zones.stream().mapToLong(Zone::size).sum();
    int step = (int) Math.max(1, (names * PER_NAME + limit - 1) / limit);
    return zones.stream()
        .flatMap(zone -> new ZoneQuestions(zone).all(step))
        .distinct()
        .limit(limit);
  }

  private Stream<ComparedQuestion> all(int step) {
    List<Node> nodes = zone.nodesInOrder();
    Stream<ComparedQuestion> ofNames =
        Stream.iterate(0, i -> i < nodes.size(), i -> i + step)
            .flatMap(i -> ofName(nodes.get(i)).stream());
    return Stream.concat(ofApex().stream(), ofNames);
  }

  /// Names that are there in any zone or in none, and what is not a plain question.
  private List<ComparedQuestion> ofApex() {
    List<ComparedQuestion> questions = new ArrayList<>();
    for (String label : List.of("svc", "pod", "dns", "dns-version", "nobody", "*", "_tcp")) {
      ask(questions, apex.child(label), FEW);
    }
    ask(questions, apex.child("dns").child("ns"), TYPES);
    ask(questions, apex.child("svc").child("nobody"), TYPES);
    Variants.append(apex.child("dns").child("ns"), apex.child("x"))
        .ifPresent(name -> ask(questions, name, FEW));
    ask(questions, Variants.mixedCase(apex.child("dns").child("ns")), List.of(RRType.A));
    ComparedQuestion plain = ComparedQuestion.of(apex, RRType.SOA);
    questions.add(plain.withClass(DnsClass.CH));
    questions.add(plain.withOpcode(NOTIFY));
    questions.add(plain.withEdns(0, 0));
    questions.add(plain.withEdns(4096, 0x4000));
    return questions;
  }

  private Set<ComparedQuestion> ofName(Node node) {
    Name owner = node.owner();
    Set<Integer> types = new LinkedHashSet<>(reverse ? REVERSE_TYPES : TYPES);
    node.content().rrsets().stream().map(RRset::type).forEach(types::add);
    Set<ComparedQuestion> questions = new LinkedHashSet<>();
    ask(questions, owner, types);
    Name mixed = Variants.mixedCase(owner);
    ask(questions, mixed, List.of(reverse ? RRType.PTR : RRType.A, RRType.NS));
    for (Name near : owner.equals(apex) ? List.<Name>of() : Variants.near(owner)) {
      ask(questions, near, reverse ? List.of(RRType.PTR, RRType.SOA) : FEW);
    }
    if (!reverse) {
      Variants.withoutUnderscores(owner).forEach(name -> ask(questions, name, List.of(RRType.SRV)));
      ofPlace(owner, questions);
    }
    return questions;
  }

  private void ofPlace(Name owner, Set<ComparedQuestion> questions) {
    int depth = owner.labelCount() - apex.labelCount();
    if (depth == SERVICE_DEPTH && owner.isAtOrBelow(apex.child("svc"))) {
      List<Name> search = List.of(owner.parent(), owner.parent().parent(), apex);
      Variants.searched(owner, search)
          .forEach(name -> ask(questions, name, List.of(RRType.A, RRType.AAAA)));
      ask(questions, owner.child("_tcp"), FEW);
      Variants.append(Name.parse("www.example.org"), owner.parent())
          .ifPresent(name -> ask(questions, name, List.of(RRType.A)));
    } else if (depth == SERVICE_DEPTH - 1 && owner.isAtOrBelow(apex.child("pod"))) {
      ask(questions, owner.child("10-0-0-1"), List.of(RRType.A, RRType.AAAA, RRType.SRV));
      ask(questions, owner.child("fd00--1"), List.of(RRType.A, RRType.AAAA));
      ask(questions, owner.child("10-0-0-1").child("x"), List.of(RRType.A));
    }
  }

  private static void ask(
      Collection<ComparedQuestion> questions, Name name, Iterable<Integer> types) {
    types.forEach(type -> questions.add(ComparedQuestion.of(name, type)));
  }
}
