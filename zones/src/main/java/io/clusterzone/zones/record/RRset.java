package io.clusterzone.zones.record;

import java.util.List;

/// The records of one type at one owner name; they share a TTL (RFC 2181 section 5). The owner
/// stands where the RRset is kept. Immutable; the order of `rdata` is the order in answers before
/// rotation.
public record RRset(int type, int ttlSeconds, List<Rdata> rdata) {
  /// Records that a zone takes in one RRset; a message cannot count more (RFC 1035 section 4.1.1).
  public static final int MAX_RECORDS = 65535;

  /// @throws IllegalArgumentException if it is empty, mixes types, or the TTL is not in 0..2^31-1
  public RRset {
    rdata = List.copyOf(rdata);
    if (rdata.isEmpty()) {
      throw new IllegalArgumentException("an RRset without records");
    }
    if (ttlSeconds < 0) {
      throw new IllegalArgumentException("TTL " + ttlSeconds);
    }
    for (Rdata one : rdata) {
      if (one.type() != type) {
        throw new IllegalArgumentException(
            "RDATA of type " + one.type() + " in an RRset of type " + type);
      }
    }
  }

  /// The RRset of these records, which are of one type.
  public static RRset of(int ttlSeconds, List<? extends Rdata> rdata) {
    return new RRset(rdata.getFirst().type(), ttlSeconds, List.copyOf(rdata));
  }
}
