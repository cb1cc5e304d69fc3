package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.Rdata;
import org.jspecify.annotations.Nullable;

/// A sum over the records of a zone, to tell whether two servers hold the same. For one thread.
///
/// Each name that holds something gives a 64-bit hash of itself and its traits, and one of each
/// record: owner, type, TTL and RDATA, names in lower case. The digest is the sum of all modulo
/// 2^64, so a changed name is subtracted as it was and added as it is, and the order of changes and
/// records makes no difference; nor does the form that nodes are kept in. The hash has no seed:
/// each process comes to the same number. It shows accidents, and stops nobody who wants two zones
/// to have one digest.
///
/// Replicas of one cluster differ in the serial, and where no Service stands for them in the
/// addresses of their own. So it leaves out the SOA, the NS RRset of the apex, and the addresses of
/// the MNAME (RFC 1035 section 3.3.13).
final class ZoneDigest {
  private static final long SEED = 0x9e37_79b9_7f4a_7c15L;
  private static final long MULTIPLIER = 0xc2b2_ae3d_27d4_eb4fL;

  /// Octets of a record with a name in RDATA: the numbers before the name are 6 at the most.
  private static final int MAX_NAMED = Node.RECORD_RDATA + 6 + Name.MAX_LENGTH;

  private final Name mname;

  /// Room for the records of a short RRset, or for one of a long.
  private final byte[] room = new byte[Math.max(Node.MAX_UNPACKED, MAX_NAMED)];

  ZoneDigest(Rdata.Soa soa) {
    this.mname = soa.mname();
  }

  /// The part of one name; 0 if it holds nothing, or there is none.
  long of(@Nullable Node node) {
    if (node == null || !node.hasContent()) {
      return 0;
    }
    long owner = node.ownerHash(SEED, MULTIPLIER);
    long sum = owner;
    int rrset = node.firstRRset();
    for (int left = node.rrsetCount(); left > 0; left--) {
      if (counts(node, node.type(rrset))) {
        sum += records(node, rrset, owner);
      }
      rrset = node.nextRRset(rrset);
    }
    return sum;
  }

  private boolean counts(Node node, int type) {
    return switch (type) {
      case RRType.SOA -> false;
      case RRType.NS -> !node.isApex();
      case RRType.A, RRType.AAAA -> !isServer(node);
      default -> true;
    };
  }

  private boolean isServer(Node node) {
    return node.nameLength() == mname.length() && node.owner().equals(mname);
  }

  private long records(Node node, int rrset, long owner) {
    int name = PackedRRset.nameInRdata(node.type(rrset));
    int count = node.recordCount(rrset);
    if (node.isPacked(rrset)) {
      var _ = node.unpack(rrset, room);
      return records(room, 0, count, name, owner);
    }
    return name < 0
        ? records(node.bytes(), node.records(rrset), count, name, owner)
        : copied(node.bytes(), node.records(rrset), count, name, owner);
  }

  /// Puts names in lower case where they stand.
  ///
  /// @param name where one begins in RDATA, or -1
  private static long records(byte[] octets, int first, int count, int name, long owner) {
    long sum = 0;
    int record = first;
    for (int left = count; left > 0; left--) {
      int end = end(octets, record);
      if (name >= 0) {
        fold(octets, record + Node.RECORD_RDATA + name, end);
      }
      int from = record + Node.RECORD_TYPE;
      sum += NameHash.of(octets, from, end - from, owner, MULTIPLIER);
      record = end;
    }
    return sum;
  }

  /// As [#records], of octets that must stay as they are.
  private long copied(byte[] octets, int first, int count, int name, long owner) {
    long sum = 0;
    int record = first;
    for (int left = count; left > 0; left--) {
      int end = end(octets, record);
      System.arraycopy(octets, record, room, 0, end - record);
      sum += records(room, 0, 1, name, owner);
      record = end;
    }
    return sum;
  }

  /// The end of the record that begins at `record`.
  private static int end(byte[] octets, int record) {
    int rdata = record + Node.RECORD_RDATA;
    return rdata + Node.unsignedShort(octets, record + Node.RECORD_RDLENGTH);
  }

  private static void fold(byte[] octets, int from, int to) {
    for (int at = from; at < to; at++) {
      octets[at] = Name.fold(octets[at]);
    }
  }
}
