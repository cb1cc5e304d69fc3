package io.clusterzone.dns.compare;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RdataText;
import io.clusterzone.zones.record.RdataWire;
import io.clusterzone.zones.wire.DnsClass;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A record of a reply.
///
/// @param ttlSeconds as it came, unsigned
public record SeenRecord(Data data, long ttlSeconds) {
  /// Octets behind the two names of an SOA: the serial is the first four.
  private static final int SOA_NUMBERS = 20;

  /// A record without its TTL: two are equal if they say the same, in whatever case and
  /// compression.
  ///
  /// @param rdata names uncompressed and in lower case, from position to limit; not to be changed
  public record Data(Name owner, int type, int recordClass, ByteBuffer rdata)
      implements Comparable<Data> {
    private static final Comparator<Data> ORDER =
        Comparator.comparing(Data::owner)
            .thenComparingInt(Data::type)
            .thenComparingInt(Data::recordClass)
            .thenComparing(Data::rdata);

    @Override
    public int compareTo(Data other) {
      return ORDER.compare(this, other);
    }

    /// Each server counts its versions of a zone for itself, so serials say nothing about answers.
    private Data withoutSerial() {
      if (type != RRType.SOA) {
        return this;
      }
      ByteBuffer copy = ByteBuffer.allocate(rdata.remaining()).put(rdata.duplicate()).flip();
      copy.putInt(copy.limit() - SOA_NUMBERS, 0);
      return new Data(owner, type, recordClass, copy);
    }

    /// In presentation format, without owner and type.
    public String rdataText() {
      ByteBuffer copy = ByteBuffer.allocate(rdata.remaining()).put(rdata.duplicate()).flip();
      if (recordClass != DnsClass.IN && (type == RRType.A || type == RRType.AAAA)) {
        return "\\# " + copy.remaining() + " " + HexFormat.of().formatHex(copy.array());
      }
      return RdataText.of(RdataWire.read(type, copy));
    }
  }

  /// The records in an order of their own, without TTLs and serials.
  static List<Data> sorted(List<SeenRecord> section) {
    return section.stream().map(seen -> seen.data.withoutSerial()).sorted().toList();
  }

  /// The records as they came, without TTLs and serials.
  static List<Data> inOrder(List<SeenRecord> section) {
    return section.stream().map(seen -> seen.data.withoutSerial()).toList();
  }

  /// The records with TTLs, in an order of their own.
  static List<SeenRecord> withTtls(List<SeenRecord> section) {
    return section.stream()
        .map(seen -> new SeenRecord(seen.data.withoutSerial(), seen.ttlSeconds))
        .sorted(Comparator.comparing(SeenRecord::data).thenComparingLong(SeenRecord::ttlSeconds))
        .toList();
  }

  static Stream<SeenRecord> sections(Answer.Message message) {
    return Stream.of(message.answer(), message.authority(), message.additional())
        .flatMap(List::stream);
  }

  /// As in a master file.
  @Override
  public String toString() {
    return "%s %d %s %s %s"
        .formatted(
            data.owner,
            ttlSeconds,
            TypeText.ofClass(data.recordClass),
            TypeText.of(data.type),
            data.rdataText());
  }
}
