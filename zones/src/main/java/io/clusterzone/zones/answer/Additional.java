package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.zone.Node;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.Zones;

/// The additional section: the addresses of the names that SRV and NS answers lead to, each name
/// once (RFC 2782, RFC 1035 section 3.3.11).
///
/// Part of [Responder], one per event loop. What does not fit is left out without a word: the
/// client can ask for it (RFC 2181 section 9). Names are told apart by their 64-bit hash; a
/// collision would leave an address out.
final class Additional {
  /// Names looked at in one answer; no message of 64 KiB holds as many SRV records with addresses.
  private static final int MAX_TARGETS = 1024;

  /// Octets of an SRV record's RDATA before its target.
  private static final int SRV_NUMBERS_LENGTH = 6;

  private final long[] seen = new long[MAX_TARGETS];
  private final FoldedName target = new FoldedName();
  private final Records addresses = new Records();

  /// Adds the addresses for all of `records`, which begin at `position` in the message.
  void put(Reply reply, Records records, int position, Zones zones, Rotation rotation) {
    int targetOffset = targetOffset(records.type());
    if (targetOffset == 0) {
      return;
    }
    int targets = 0;
    int record = records.at;
    int written = position;
    for (int i = 0; i < records.count && targets < MAX_TARGETS; i++) {
      if (written + targetOffset > Reply.MAX_POINTER_TARGET) {
        return;
      }
      target.read(records.bytes, record + targetOffset);
      if (!seenBefore(targets)) {
        seen[targets++] = target.hash;
        putAddresses(reply, reply.pointerTo(written + targetOffset), zones, rotation);
      }
      record += Records.lengthAt(records.bytes, record);
      written += reply.recordLength(written);
    }
  }

  private static int targetOffset(int type) {
    return switch (type) {
      case RRType.SRV -> Node.RECORD_RDATA + SRV_NUMBERS_LENGTH;
      case RRType.NS -> Node.RECORD_RDATA;
      default -> 0;
    };
  }

  private boolean seenBefore(int targets) {
    for (int i = 0; i < targets; i++) {
      if (seen[i] == target.hash) {
        return true;
      }
    }
    return false;
  }

  private void putAddresses(Reply reply, int owner, Zones zones, Rotation rotation) {
    Zone zone = zones.longestMatch(target.bytes, 0, target.length);
    if (zone == null) {
      return;
    }
    Node node = zone.find(target.bytes, 0, target.length, target.hash);
    if (node != null) {
      putRRset(reply, node, RRType.A, owner, rotation);
      putRRset(reply, node, RRType.AAAA, owner, rotation);
    }
  }

  private void putRRset(Reply reply, Node node, int type, int owner, Rotation rotation) {
    int rrset = node.find(type);
    if (rrset >= 0) {
      addresses.point(node, rrset);
      reply.addAdditionals(reply.put(addresses, rotation.first(addresses), owner));
    }
  }
}
