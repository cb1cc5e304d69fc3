package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.Rdata;
import java.nio.ByteBuffer;

/// The SOA record as it stands in the negative answers of a zone (RFC 2308 section 3): its TTL is
/// the smaller of the record's own and the minimum field; the owner, and each of its names that is
/// in the zone, ends with a compression pointer to wherever the message spells the apex.
///
/// Immutable, one per version of a zone. The writer of an answer copies the octets and then puts
/// the pointer in the three places.
public final class NegativeSoa {
  /// Offset of a pointer that the record does not have: that name is outside the zone, and whole.
  public static final int NO_POINTER = -1;

  /// Offset of the owner's pointer.
  public static final int OWNER_POINTER = 0;

  private static final int POINTER_LENGTH = 2;

  /// Serial, refresh, retry, expire, minimum.
  private static final int NUMBERS_LENGTH = 20;

  private static final int CLASS_IN = 1;

  private final byte[] octets;
  private final int mnamePointer;
  private final int rnamePointer;

  NegativeSoa(Name apex, Rdata.Soa soa, int ttlSeconds) {
    int mnameLength = length(soa.mname(), apex);
    int rnameLength = length(soa.rname(), apex);
    int dataLength = mnameLength + rnameLength + NUMBERS_LENGTH;
    ByteBuffer record = ByteBuffer.allocate(Node.RECORD_RDATA + dataLength);
    record.putShort((short) 0).putShort((short) RRType.SOA).putShort((short) CLASS_IN);
    record.putInt(Math.min(ttlSeconds, soa.minimumSeconds())).putShort((short) dataLength);
    mnamePointer = put(soa.mname(), apex, record);
    rnamePointer = put(soa.rname(), apex, record);
    record.putInt(soa.serial()).putInt(soa.refreshSeconds()).putInt(soa.retrySeconds());
    record.putInt(soa.expireSeconds()).putInt(soa.minimumSeconds());
    octets = record.array();
  }

  private static int length(Name name, Name apex) {
    return name.isAtOrBelow(apex) ? name.length() - apex.length() + POINTER_LENGTH : name.length();
  }

  /// Puts the name, and says where its pointer is.
  private static int put(Name name, Name apex, ByteBuffer record) {
    if (!name.isAtOrBelow(apex)) {
      record.put(name.toWire());
      return NO_POINTER;
    }
    record.put(name.toWire(), 0, name.length() - apex.length());
    int pointer = record.position();
    record.putShort((short) 0);
    return pointer;
  }

  /// The record; not to be changed.
  public byte[] octets() {
    return octets;
  }

  /// Offset of the pointer that ends the primary's name, or [#NO_POINTER].
  public int mnamePointer() {
    return mnamePointer;
  }

  /// Offset of the pointer that ends the mailbox, or [#NO_POINTER].
  public int rnamePointer() {
    return rnamePointer;
  }
}
