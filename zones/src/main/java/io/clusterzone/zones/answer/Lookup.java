package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.NameHash;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.zone.Node;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.Zones;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds what the zones hold for a question: the algorithm of RFC 1034 section 4.3.2 with the
/// wildcards of RFC 4592 and the DNAMEs of RFC 6672.
///
/// Part of [Responder], one per event loop. The name itself is one hash and one look-up; only a
/// name that is missing walks up its labels, to the closest encloser, and asks it about wildcards
/// and labels that spell an address. In a zone with cuts or DNAMEs each name walks up, to the
/// highest of them, which hides what stands below it; the kinds of [Node] list the results. An
/// alias is followed through all our zones (RFC 1034 section 3.6.2).
final class Lookup {
  /// Aliases in one answer at the most; a chain that closes on itself meets this end too.
  static final int MAX_ALIASES = 11;

  private final Alias[] aliases = new Alias[MAX_ALIASES];
  private final Records answer = new Records();
  private final FoldedName target = new FoldedName();
  private final FoldedName other = new FoldedName();
  private final AddressLabel label = new AddressLabel();

  private int type;
  private int aliasCount;
  private byte[] endName = new byte[0];
  private int endLength;
  private int encloserLength;
  private boolean stale;
  private @Nullable Zone zone;
  private @Nullable Node cut;

  /// The node that has no records of the type, after NODATA.
  private @Nullable Node bare;

  Lookup() {
    for (int i = 0; i < MAX_ALIASES; i++) {
      aliases[i] = new Alias();
    }
  }

  /// @param follow whether an alias is followed through our zones
  Outcome run(QuestionView question, Zones zones, boolean follow) {
    type = question.type();
    aliasCount = 0;
    bare = null;
    stale = false;
    Outcome outcome = find(question.name(), question.nameLength(), question.hash(), zones);
    while (follow && outcome == Outcome.ALIAS) {
      Alias alias = aliases[aliasCount - 1];
      target.read(alias.cname.bytes, alias.target());
      outcome = find(target.bytes, target.length, target.hash, zones);
      if (outcome == Outcome.NOT_OURS) {
        return Outcome.ALIAS;
      }
    }
    return outcome;
  }

  private Outcome find(byte[] name, int length, long hash, Zones zones) {
    endName = name;
    endLength = length;
    zone = zones.longestMatch(name, 0, length);
    if (zone == null) {
      return Outcome.NOT_OURS;
    }
    if (type == RRType.DS) {
      zone = parentSide(zone, name, length, zones);
    }
    stale |= zone.stale();
    Node occluder = zone.occluder(name, length);
    if (occluder != null && occludes(occluder, length)) {
      return occluder.isCut() ? referral(occluder) : redirect(occluder, name, length);
    }
    Node node = zone.find(name, 0, length, hash);
    return node != null ? at(node, zone) : missing(name, length, zone);
  }

  /// The DS RRset of a zone stands above its cut (RFC 4035 section 3.1.4.1): the zone that the name
  /// is delegated from, if that is ours as well.
  private static Zone parentSide(Zone zone, byte[] name, int length, Zones zones) {
    int above = name[0] + 1;
    if (above >= length || zone.apex().length() < length) {
      return zone;
    }
    Zone parent = zones.longestMatch(name, above, length - above);
    Node occluder = parent == null ? null : parent.occluder(name, length);
    boolean delegated = occluder != null && occluder.isCut() && occluder.nameLength() == length;
    return delegated ? Objects.requireNonNull(parent) : zone;
  }

  /// Whether the node decides about a name that is at or below it.
  private boolean occludes(Node occluder, int length) {
    return occluder.nameLength() < length || (occluder.isCut() && type != RRType.DS);
  }

  private Outcome referral(Node occluder) {
    cut = occluder;
    answer.point(occluder, occluder.find(RRType.NS));
    return Outcome.REFERRAL;
  }

  /// The name is below a DNAME. That a CNAME follows from it is all there is to say where CNAME or
  /// ANY is asked for.
  private Outcome redirect(Node occluder, byte[] name, int length) {
    if (aliasCount == MAX_ALIASES) {
      return Outcome.LOOP;
    }
    Alias alias = aliases[aliasCount++];
    alias.pointAtDname(occluder, occluder.find(RRType.DNAME), length - occluder.nameLength());
    boolean asked = type == RRType.CNAME || type == RRType.ANY;
    if (!alias.substitute(name, asked ? answer : alias.cname)) {
      return Outcome.TOO_LONG;
    }
    return asked ? Outcome.ANSWER : Outcome.ALIAS;
  }

  private Outcome at(Node node, Zone zone) {
    int rrset = type == RRType.ANY ? anyOf(node) : node.find(type);
    if (rrset >= 0) {
      answer.point(node, rrset);
      return Outcome.ANSWER;
    }
    int cname = node.find(RRType.CNAME);
    if (cname >= 0) {
      return alias(node, cname);
    }
    if ((node.flags() & Node.ELSEWHERE) != 0) {
      return Outcome.ELSEWHERE;
    }
    bare = node;
    boolean known = zone.synced() || (node.flags() & Node.FIXED) != 0;
    return known ? Outcome.NODATA : Outcome.NOT_READY;
  }

  /// One RRset answers a question for ANY (RFC 8482 section 4.1).
  private static int anyOf(Node node) {
    return node.rrsetCount() > 0 ? node.firstRRset() : -1;
  }

  private Outcome alias(Node node, int cname) {
    if (aliasCount == MAX_ALIASES) {
      return Outcome.LOOP;
    }
    aliases[aliasCount++].point(node, cname);
    return Outcome.ALIAS;
  }

  /// Walks up to the closest encloser (RFC 4592 section 3.3.1): the apex at the latest.
  private Outcome missing(byte[] name, int length, Zone zone) {
    int child = 0;
    int parent = name[0] + 1;
    while (parent < length) {
      int left = length - parent;
      Node encloser = zone.find(name, parent, left, NameHash.of(name, parent, left));
      if (encloser != null) {
        encloserLength = left;
        return below(encloser, name, child, length, zone);
      }
      child = parent;
      parent += name[parent] + 1;
    }
    throw new IllegalStateException("a zone without its apex: " + zone.apex());
  }

  /// The name is missing; `child` is where its ancestor directly below the closest encloser begins.
  private Outcome below(Node encloser, byte[] name, int child, int length, Zone zone) {
    int flags = encloser.flags();
    if ((flags & Node.ELSEWHERE) != 0) {
      return Outcome.ELSEWHERE;
    }
    if ((flags & Node.ADDRESS_LABELS) != 0 && child == 0 && label.read(name, 0)) {
      return atAddressLabel(zone);
    }
    if ((flags & Node.CANONICAL_LABELS) != 0 && child == 0 && label.read(name, 0)) {
      Node node = canonical(name, length, zone);
      if (node != null) {
        return at(node, zone);
      }
    }
    if ((flags & Node.WILDCARD_CHILD) != 0) {
      other.wildcard(name, child + name[child] + 1, length);
      Node node = zone.find(other.bytes, 0, other.length, other.hash);
      if (node != null) {
        return at(node, zone);
      }
    }
    return zone.synced() ? Outcome.NXDOMAIN : Outcome.NOT_READY;
  }

  /// The name that spells the same address in the way owner names do.
  private @Nullable Node canonical(byte[] name, int length, Zone zone) {
    return other.canonical(label, name, name[0] + 1, length)
        ? zone.find(other.bytes, 0, other.length, other.hash)
        : null;
  }

  private Outcome atAddressLabel(Zone zone) {
    if (type != label.type() && type != RRType.ANY) {
      return Outcome.NODATA;
    }
    label.pointAtRecord(answer, zone.addressLabelTtlSeconds());
    return Outcome.ANSWER;
  }

  /// Lets go of the zone.
  void forget() {
    zone = null;
    cut = null;
    bare = null;
  }

  /// The folded wire form of the name at the end of the chain, [#endLength] octets of it; lent by
  /// the question or by this.
  byte[] endName() {
    return endName;
  }

  /// Octets of the closest encloser's name, after NXDOMAIN.
  int encloserLength() {
    return encloserLength;
  }

  /// The node without records of the type, after NODATA; null where a label spells an address.
  @Nullable Node bare() {
    return bare;
  }

  /// The RRset asked for, after ANSWER; the name servers of the cut, after REFERRAL.
  Records answer() {
    return answer;
  }

  /// The aliases that were followed, in their order.
  Alias alias(int index) {
    return aliases[index];
  }

  int aliasCount() {
    return aliasCount;
  }

  /// The zone that decided the outcome; there is none for ALIAS and NOT_OURS.
  Zone zone() {
    return Objects.requireNonNull(zone);
  }

  /// The node where the zone ends, after REFERRAL.
  Node cut() {
    return Objects.requireNonNull(cut);
  }

  /// Whether any zone that the chain went through is stale.
  boolean stale() {
    return stale;
  }

  /// Octets of the name at the end of the chain; the question's own without one.
  int endLength() {
    return endLength;
  }
}
