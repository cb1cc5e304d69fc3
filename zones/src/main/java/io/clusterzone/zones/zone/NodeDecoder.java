package io.clusterzone.zones.zone;

import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.record.RdataWire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads [Content] back from the array of a [Node]: for dumps, transfers and comparisons.
final class NodeDecoder {
  private NodeDecoder() {}

  static Content decode(Node node) {
    List<RRset> rrsets = new ArrayList<>();
    int at = node.firstRRset();
    for (int left = node.rrsetCount(); left > 0; left--) {
      rrsets.add(rrset(node, at));
      at = node.nextRRset(at);
    }
    return new Content(rrsets, traits(node.flags()));
  }

  private static Set<Trait> traits(int flags) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Trait trait : Trait.values()) {
      if ((flags & NodeEncoder.flag(trait)) != 0) {
        traits.add(trait);
      }
    }
    return traits;
  }

  private static RRset rrset(Node node, int at) {
    byte[] octets = node.bytes();
    int record = node.records(at);
    if (node.isPacked(at)) {
      octets = new byte[Node.MAX_UNPACKED];
      record = 0;
      var _ = node.unpack(at, octets);
    }
    ByteBuffer bytes = ByteBuffer.wrap(octets);
    int type = node.type(at);
    int ttlSeconds = bytes.getInt(record + Node.RECORD_TTL);
    List<Rdata> rdata = new ArrayList<>();
    for (int left = node.recordCount(at); left > 0; left--) {
      int data = record + Node.RECORD_RDATA;
      record = data + Node.unsignedShort(octets, record + Node.RECORD_RDLENGTH);
      bytes.limit(record).position(data);
      rdata.add(RdataWire.read(type, bytes));
    }
    return new RRset(type, ttlSeconds, rdata);
  }
}
