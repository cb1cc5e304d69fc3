package io.clusterzone.zones.answer;

import io.clusterzone.zones.zone.Node;

/// Points at the prepared records of one RRset: in a [Node], or in memory where they were just
/// written out or made. Each record is laid out as in a node.
///
/// A mutable view, reused for query after query by one event loop.
final class Records {
  private static final byte[] NONE = new byte[0];

  /// Room to write out packed records.
  private final byte[] unpacked = new byte[Node.MAX_UNPACKED];

  byte[] bytes = NONE;

  /// The beginning of the first record.
  int at;

  int count;

  /// Octets of all of them.
  int length;

  void point(byte[] bytes, int at, int count, int length) {
    this.bytes = bytes;
    this.at = at;
    this.count = count;
    this.length = length;
  }

  void point(Node node, int rrset) {
    if (node.isPacked(rrset)) {
      point(unpacked, 0, node.recordCount(rrset), node.unpack(rrset, unpacked));
      return;
    }
    point(node.bytes(), node.records(rrset), node.recordCount(rrset), node.recordsLength(rrset));
  }

  int type() {
    return (bytes[at + Node.RECORD_TYPE] & 0xff) << 8 | (bytes[at + Node.RECORD_TYPE + 1] & 0xff);
  }

  /// Octets of the record that begins at `record`.
  static int lengthAt(byte[] bytes, int record) {
    int high = bytes[record + Node.RECORD_RDLENGTH] & 0xff;
    int low = bytes[record + Node.RECORD_RDLENGTH + 1] & 0xff;
    return Node.RECORD_RDATA + (high << 8 | low);
  }
}
