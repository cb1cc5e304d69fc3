package io.clusterzone.dns.compare;

import static io.clusterzone.dns.compare.Case.isNodata;
import static io.clusterzone.dns.compare.Case.isNxdomain;

import io.clusterzone.dns.compare.OurZones.Place;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The pair of replies by which each deviation is known: the right one here, the wrong one there,
/// and the shape of the name. The first that fits is the one; those of few names come before those
/// of many.
final class Deviations {
  private static final Map<Deviation, Predicate<Case>> RULES = new LinkedHashMap<>();

  static {
    RULES.put(Deviation.D30, Deviations::isOtherClassOrOpcode);
    RULES.put(Deviation.D26, Deviations::isUnready);
    RULES.put(Deviation.NO_EDNS, Deviations::isOptAmiss);
    RULES.put(Deviation.D32, Deviations::isEchoedEdns);
    RULES.put(Deviation.D31, c -> c.there().has(Header.TC) && !c.here().has(Header.TC));
    RULES.put(
        Deviation.D35, c -> c.outside() && c.there().has(Header.AA) && !c.here().has(Header.AA));
    RULES.put(Deviation.D29, c -> isNodata(c.here()) && isSearchDomain(c));
    RULES.put(Deviation.D9, Deviations::isCaseFault);
    RULES.put(Deviation.D10, Deviations::hasNoNameServer);
    RULES.put(Deviation.D11, c -> c.place() != null && isUnresolvable(c.place(), c.there()));
    RULES.put(Deviation.D12, Deviations::isZoneInTheMiddle);
    RULES.put(Deviation.D23, Deviations::isOldClusterSet);
    RULES.put(Deviation.D4, Deviations::isOtherTypeOfFixedName);
    RULES.put(Deviation.D2, Deviations::isTextOfTree);
    RULES.put(Deviation.D6, c -> c.nodataHereNxdomainThere() && c.isAddress());
    RULES.put(Deviation.D1, Deviations::isEmptyNonTerminal);
    RULES.put(Deviation.D5, Deviations::isAliasForSomeTypes);
    RULES.put(Deviation.D8, Deviations::losesEndOfChain);
    RULES.put(
        Deviation.D7,
        c -> c.isType(RRType.ANY) && !c.here().answer().isEmpty() && isNodata(c.there()));
    RULES.put(
        Deviation.D3, c -> isNxdomain(c.here()) && isNodata(c.there()) && c.isType(RRType.SOA));
    RULES.put(Deviation.D27, Deviations::isForwardNameInReverseZone);
    RULES.put(
        Deviation.D17,
        c -> isNxdomain(c.here()) && c.isBelowAddress() && c.there().answers(RRType.PTR));
    RULES.put(
        Deviation.D15, c -> isNxdomain(c.here()) && c.isAddress() && c.there().answers(RRType.PTR));
    RULES.put(
        Deviation.D19,
        c ->
            isPod(c)
                && c.isType(RRType.SRV)
                && isNodata(c.here())
                && c.there().answers(RRType.SRV));
    RULES.put(
        Deviation.D20,
        c ->
            isNxdomain(c.here())
                && c.below("pod")
                && c.depth() > 3
                && c.there().rcode() == Rcode.NOERROR);
    RULES.put(
        Deviation.D18,
        c -> isPod(c) && c.isAddressType() && !isNxdomain(c.here()) && isNxdomain(c.there()));
    RULES.put(Deviation.D13, Deviations::lacksUnderscore);
    RULES.put(
        Deviation.D28,
        c ->
            isNxdomain(c.here())
                && isExternal(c)
                && c.depth() == 3
                && !c.there().answer().isEmpty());
  }

  private Deviations() {}

  /// The deviation that a pair shows, or null.
  static @Nullable Deviation find(Case seen) {
    for (Map.Entry<Deviation, Predicate<Case>> rule : RULES.entrySet()) {
      if (rule.getValue().test(seen)) {
        return rule.getKey();
      }
    }
    return null;
  }

  /// The deviation of a server whose reply did not come, or is no message.
  static Deviation ofNoMessage(ComparedQuestion question, Pair pair, OurZones zones) {
    if (pair.there() instanceof Answer.Malformed) {
      return Deviation.NO_MESSAGE;
    }
    boolean address =
        pair.here() instanceof Answer.Message here
            && isNxdomain(here)
            && question.type() == RRType.PTR
            && zones.place(question.name()) != null;
    return address ? Deviation.D14 : Deviation.NO_REPLY;
  }

  private static boolean isOtherClassOrOpcode(Case seen) {
    boolean other = seen.question().recordClass() != DnsClass.IN || seen.question().opcode() != 0;
    return other && seen.there().rcode() == Rcode.NOERROR && seen.here().rcode() != Rcode.NOERROR;
  }

  /// SERVFAIL with AA or an SOA.
  private static boolean isUnready(Case seen) {
    return seen.here().rcode() == Rcode.SERVFAIL
        && seen.there().rcode() == Rcode.SERVFAIL
        && seen.there().has(Header.AA)
        && !seen.here().has(Header.AA);
  }

  /// The same answer with the client's own undefined bits or options handed back.
  private static boolean isEchoedEdns(Case seen) {
    SeenEdns there = seen.there().edns();
    return seen.field() == Field.EDNS
        && seen.here().edns() != null
        && there != null
        && there.flags() == seen.question().ednsFlags();
  }

  /// An OPT record in reply to a query without one, or none in reply to one with.
  private static boolean isOptAmiss(Case seen) {
    boolean asked = seen.question().udpSize() > 0;
    return seen.field() == Field.EDNS
        && asked == (seen.here().edns() != null)
        && asked != (seen.there().edns() != null);
  }

  private static boolean isSearchDomain(Case seen) {
    return seen.below("svc") && seen.depth() == 2 && seen.there().rcode() == Rcode.SERVFAIL;
  }

  private static boolean isCaseFault(Case seen) {
    boolean apex = seen.forward() && seen.depth() == 0 && seen.isType(RRType.NS);
    return seen.isMixedCase()
        && seen.here().rcode() == Rcode.NOERROR
        && ((apex && isNodata(seen.there())) || (seen.is("dns", "ns") && isNxdomain(seen.there())));
  }

  private static boolean hasNoNameServer(Case seen) {
    boolean apex = seen.depth() == 0 && seen.isType(RRType.NS);
    boolean address = seen.is("dns", "ns") && seen.isAddressType();
    return (apex || address) && !seen.here().answer().isEmpty() && isNodata(seen.there());
  }

  /// Whether the name servers of a reverse zone have names in the reverse tree.
  static boolean isUnresolvable(Place place, Answer.Message there) {
    return place.isReverse()
        && place.depth() == 0
        && there.answer().stream()
            .anyMatch(seen ->
                seen.data().type() == RRType.NS && seen.data().rdataText().endsWith(".arpa."));
  }

  private static boolean isZoneInTheMiddle(Case seen) {
    return isNxdomain(seen.here())
        && seen.there().rcode() == Rcode.NOERROR
        && seen.forward()
        && seen.question().name().folded().toString().startsWith("ns.dns.")
        && seen.depth() > 2;
  }

  private static boolean isOldClusterSet(Case seen) {
    boolean schema = seen.is("dns-version") && seen.here().answers(RRType.TXT);
    boolean twoLabels = seen.below("svc") && seen.depth() > 5 && isNxdomain(seen.there());
    return seen.inClusterSet()
        && ((schema && says(seen.there(), "\"1.1.0\""))
            || (twoLabels && seen.here().rcode() == Rcode.NOERROR));
  }

  private static boolean says(Answer.Message message, String rdata) {
    return message.answer().stream().anyMatch(seen -> seen.data().rdataText().equals(rdata));
  }

  private static boolean isOtherTypeOfFixedName(Case seen) {
    boolean text = seen.isType(RRType.TXT);
    return seen.nodataHereNxdomainThere()
        && ((seen.is("dns-version") && !text) || (seen.is("dns", "ns") && text));
  }

  /// TXT at the apex, `svc`, `pod` and namespaces.
  private static boolean isTextOfTree(Case seen) {
    boolean tree = seen.below("svc") || seen.below("pod");
    return seen.nodataHereNxdomainThere()
        && seen.isType(RRType.TXT)
        && (seen.depth() == 0 || (tree && seen.depth() <= 2));
  }

  private static boolean isEmptyNonTerminal(Case seen) {
    if (!seen.nodataHereNxdomainThere()) {
      return false;
    }
    boolean protocol = seen.below("svc") && seen.depth() >= 4 && seen.label(4).startsWith("_");
    boolean cluster = seen.inClusterSet() && seen.below("svc") && seen.depth() == 4;
    return protocol || cluster || seen.is("dns") || seen.isPartOfAddress();
  }

  private static boolean isAliasForSomeTypes(Case seen) {
    return seen.forward()
        && !seen.isAddressType()
        && seen.here().answers(RRType.CNAME)
        && isNodata(seen.there());
  }

  private static boolean losesEndOfChain(Case seen) {
    boolean chain = seen.forward() && seen.isAddressType() && seen.here().answers(RRType.CNAME);
    boolean end =
        seen.here().rcode() != Rcode.NOERROR || (hasSoa(seen.here()) && !hasSoa(seen.there()));
    return chain
        && seen.there().rcode() == Rcode.NOERROR
        && (!seen.there().answers(RRType.CNAME) || end);
  }

  private static boolean hasSoa(Answer.Message message) {
    return message.authority().stream().anyMatch(seen -> seen.data().type() == RRType.SOA);
  }

  private static boolean isForwardNameInReverseZone(Case seen) {
    boolean name = seen.is("svc") || seen.is("pod") || seen.is("dns-version");
    return isNxdomain(seen.here())
        && seen.there().rcode() == Rcode.NOERROR
        && seen.reverse()
        && name;
  }

  private static boolean isPod(Case seen) {
    return seen.below("pod") && seen.depth() == 3;
  }

  /// `port.proto.SVC.NS.svc`, with one underscore of the two missing or nothing behind it.
  private static boolean lacksUnderscore(Case seen) {
    return isNxdomain(seen.here())
        && seen.there().rcode() == Rcode.NOERROR
        && seen.below("svc")
        && seen.depth() == 5
        && !(isMarked(seen.label(4)) && isMarked(seen.label(5)));
  }

  private static boolean isMarked(String label) {
    return label.length() > 1 && label.charAt(0) == '_';
  }

  /// Neither `svc` nor `pod`: the zone of `k8s_external`.
  private static boolean isExternal(Case seen) {
    return seen.forward() && !seen.below("svc") && !seen.below("pod");
  }
}
