package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.zone.Node;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.Zones;

/// The additional section: the addresses of the names that SRV and NS records lead to, each name
/// once (RFC 2782, RFC 1035 section 3.3.11).
///
/// Part of [Responder], one per event loop. Additional records that do not fit are left out
/// silently, glue excepted: the client can ask for them (RFC 2181 section 9). Names are compared by
/// their 64-bit hash; a collision would leave an address out.
final class Additional {
  /// Names looked at in one answer; no message of 64 KiB holds as many SRV records with addresses.
  private static final int MAX_TARGETS = 1024;

  /// Octets of an SRV record's RDATA before its target.
  private static final int SRV_NUMBERS_LENGTH = 6;

  private final long[] seen = new long[MAX_TARGETS];
  private final FoldedName target = new FoldedName();
  private final Records addresses = new Records();

  /// The number of names in [#seen].
  private int targets;

  /// The records that are gone through, and where the next stands there and in the message.
  private Records records = addresses;

  private int targetOffset;
  private int left;
  private int record;
  private int written;
  private int pointer;

  /// Adds the addresses for all of `records`, which begin at `position` in the message.
  void put(Reply reply, Records records, int position, Zones zones, Rotation rotation) {
    if (targetOffset(records.type()) != 0) {
      targets = 0;
      putOthers(reply, records, position, zones, rotation);
    }
  }

  /// Adds the addresses of the name servers at or below the cut, which nobody else knows. Returns
  /// whether all fit: a referral without them is truncated (RFC 9471 section 3.1).
  boolean putGlue(
      Reply reply, Records servers, int position, Zone zone, Node cut, Rotation rotation) {
    targets = 0;
    boolean all = true;
    begin(servers, position);
    while (next(reply)) {
      if (zone.occluder(target.bytes, target.length) == cut) {
        all &= putAddresses(reply, zone, rotation);
      }
    }
    return all && left == 0;
  }

  /// Adds the addresses for those of `records` that were not added before.
  void putOthers(Reply reply, Records records, int position, Zones zones, Rotation rotation) {
    begin(records, position);
    while (next(reply)) {
      Zone zone = zones.longestMatch(target.bytes, 0, target.length);
      if (zone != null && !isBelowDname(zone)) {
        var _ = putAddresses(reply, zone, rotation);
      }
    }
  }

  private void begin(Records records, int position) {
    this.records = records;
    targetOffset = targetOffset(records.type());
    left = records.count;
    record = records.at;
    written = position;
  }

  /// Goes on to the next name without its addresses, which [#pointer] points to.
  private boolean next(Reply reply) {
    while (left > 0 && targets < MAX_TARGETS) {
      int name = written + targetOffset;
      if (name > Reply.MAX_POINTER_TARGET) {
        return false;
      }
      left--;
      target.read(records.bytes, record + targetOffset);
      record += Records.lengthAt(records.bytes, record);
      written += reply.recordLength(written);
      if (!seenBefore()) {
        pointer = reply.pointerTo(name);
        return true;
      }
    }
    return false;
  }

  private static int targetOffset(int type) {
    return switch (type) {
      case RRType.SRV -> Node.RECORD_RDATA + SRV_NUMBERS_LENGTH;
      case RRType.NS -> Node.RECORD_RDATA;
      default -> 0;
    };
  }

  private boolean seenBefore() {
    for (int i = 0; i < targets; i++) {
      if (seen[i] == target.hash) {
        return true;
      }
    }
    return false;
  }

  private boolean isBelowDname(Zone zone) {
    Node occluder = zone.occluder(target.bytes, target.length);
    return occluder != null && !occluder.isCut() && occluder.nameLength() < target.length;
  }

  /// Returns whether all fit.
  private boolean putAddresses(Reply reply, Zone zone, Rotation rotation) {
    seen[targets++] = target.hash;
    Node node = zone.find(target.bytes, 0, target.length, target.hash);
    if (node == null) {
      return true;
    }
    boolean v4 = putRRset(reply, node, RRType.A, rotation);
    boolean v6 = putRRset(reply, node, RRType.AAAA, rotation);
    return v4 && v6;
  }

  private boolean putRRset(Reply reply, Node node, int type, Rotation rotation) {
    int rrset = node.find(type);
    if (rrset < 0) {
      return true;
    }
    addresses.point(node, rrset);
    int put = reply.put(addresses, rotation.first(addresses), pointer);
    reply.addAdditionals(put);
    return put == addresses.count;
  }
}
