package io.clusterzone.dns.compare.question;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The packets of a capture file, in either format.
interface PacketSource {
  /// More than any link carries: a longer packet is a damaged length.
  int MOST_OCTETS = 1 << 18;

  /// The next packet, or null at the end.
  @Nullable Packet next() throws IOException;

  /// Finds the format by the first four octets.
  static PacketSource open(CountedInput in) throws IOException {
    ByteBuffer magic = in.read(Integer.BYTES, ByteOrder.BIG_ENDIAN);
    return switch (magic.getInt()) {
      case 0xa1b2c3d4, 0xa1b23c4d -> new Pcap(in, ByteOrder.BIG_ENDIAN);
      case 0xd4c3b2a1, 0x4d3cb2a1 -> new Pcap(in, ByteOrder.LITTLE_ENDIAN);
      case PcapNg.SECTION -> new PcapNg(in);
      default -> throw in.fault("neither a pcap nor a pcapng file, as tcpdump -w writes them");
    };
  }
}
