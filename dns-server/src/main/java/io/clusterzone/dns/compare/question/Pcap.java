package io.clusterzone.dns.compare.question;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The format that tcpdump writes (draft-ietf-opsawg-pcap): one header, then packets.
final class Pcap implements PacketSource {
  /// Octets of the file's header behind the magic number.
  private static final int HEADER = 20;

  /// Octets before each packet: two of the time, then its captured and its real length.
  private static final int PACKET_HEADER = 16;

  private final CountedInput in;
  private final ByteOrder order;
  private final int linkType;

  /// Begins behind the magic number.
  Pcap(CountedInput in, ByteOrder order) throws IOException {
    this.in = in;
    this.order = order;
    linkType = in.read(HEADER, order).getInt(HEADER - Integer.BYTES) & 0xffff;
  }

  @Override
  public @Nullable Packet next() throws IOException {
    ByteBuffer header = in.readIfAny(PACKET_HEADER, order);
    if (header == null) {
      return null;
    }
    int captured = header.getInt(8);
    if (captured < 0 || captured > MOST_OCTETS) {
      throw in.fault(
          "a packet of %d octets; the file is damaged".formatted(Integer.toUnsignedLong(captured)));
    }
    return new Packet(linkType, in.read(captured, ByteOrder.BIG_ENDIAN));
  }
}
