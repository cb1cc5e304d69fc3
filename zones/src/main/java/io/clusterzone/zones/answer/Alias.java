package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.zone.Node;

/// One step of a chain of aliases: a CNAME record of a zone, or a DNAME and the CNAME that follows
/// from it (RFC 6672 section 3.1).
///
/// Part of [Lookup], reused by one event loop.
final class Alias {
  /// The CNAME; none where the step is a DNAME alone.
  final Records cname = new Records();

  /// The DNAME; none where the CNAME stands in the zone.
  final Records dname = new Records();

  /// Octets of the alias's own name that stand before the DNAME's owner.
  int above;

  private final byte[] substituted = new byte[Node.RECORD_RDATA + Name.MAX_LENGTH];

  void point(Node node, int rrset) {
    cname.point(node, rrset);
    dname.count = 0;
  }

  /// Takes the DNAME at `rrset` alone, which stands above a name.
  ///
  /// @param octets of the name before the owner of the DNAME
  void pointAtDname(Node node, int rrset, int octets) {
    dname.point(node, rrset);
    cname.count = 0;
    above = octets;
  }

  /// Points `records` at the CNAME that follows from the DNAME for the name that begins at
  /// `name[0]`: with the TTL of the DNAME, and with the target for the owner. Says whether the new
  /// name is short enough.
  boolean substitute(byte[] name, Records records) {
    int target = Records.lengthAt(dname.bytes, dname.at) - Node.RECORD_RDATA;
    int length = above + target;
    if (length > Name.MAX_LENGTH) {
      return false;
    }
    System.arraycopy(dname.bytes, dname.at, substituted, 0, Node.RECORD_RDATA);
    substituted[Node.RECORD_TYPE + 1] = RRType.CNAME;
    substituted[Node.RECORD_RDLENGTH] = 0;
    substituted[Node.RECORD_RDLENGTH + 1] = (byte) length;
    System.arraycopy(name, 0, substituted, Node.RECORD_RDATA, above);
    int from = dname.at + Node.RECORD_RDATA;
    System.arraycopy(dname.bytes, from, substituted, Node.RECORD_RDATA + above, target);
    records.point(substituted, 0, 1, Node.RECORD_RDATA + length);
    return true;
  }

  /// The beginning of the alias's target in the octets of [#cname].
  int target() {
    return cname.at + Node.RECORD_RDATA;
  }
}
