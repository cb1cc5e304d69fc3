package io.clusterzone.dns.compare.question;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The format that Wireshark writes (draft-ietf-opsawg-pcapng): blocks with a type and a length
/// before, and the length again behind.
final class PcapNg implements PacketSource {
  static final int SECTION = 0x0a0d0d0a;
  private static final int INTERFACE = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;

  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

  /// Octets of a block around its body.
  private static final int AROUND = 12;

  /// Other blocks may be longer than packets: secrets, names.
  private static final int MOST_BLOCK = 1 << 24;

  private static final int MOST_INTERFACES = 65_536;

  private final CountedInput in;
  private final List<Integer> linkTypes = new ArrayList<>();
  private ByteOrder order = ByteOrder.BIG_ENDIAN;

  /// Begins behind the type of the first section.
  PcapNg(CountedInput in) throws IOException {
    this.in = in;
    section();
  }

  @Override
  public @Nullable Packet next() throws IOException {
    ByteBuffer header = in.readIfAny(Integer.BYTES, order);
    for (; header != null; header = in.readIfAny(Integer.BYTES, order)) {
      int type = header.getInt();
      Packet packet = null;
      if (type == SECTION) {
        section();
      } else {
        packet = block(type, body(in.read(Integer.BYTES, order).getInt()));
      }
      if (packet != null) {
        return packet;
      }
    }
    return null;
  }

  private void section() throws IOException {
    ByteBuffer start = in.read(2 * Integer.BYTES, ByteOrder.BIG_ENDIAN);
    boolean big = start.getInt(Integer.BYTES) == BYTE_ORDER_MAGIC;
    order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    if (start.order(order).getInt(Integer.BYTES) != BYTE_ORDER_MAGIC) {
      throw in.fault("a section without its byte-order mark; the file is damaged");
    }
    int length = start.getInt(0);
    if (length < AROUND + 4 * Integer.BYTES || length > MOST_BLOCK) {
      throw badLength(length);
    }
    ByteBuffer _ = in.read(length - 3 * Integer.BYTES, order);
    linkTypes.clear();
  }

  private ByteBuffer body(int length) throws IOException {
    if (length < AROUND || length > MOST_BLOCK || length % Integer.BYTES != 0) {
      throw badLength(length);
    }
    ByteBuffer body = in.read(length - 2 * Integer.BYTES, order);
    if (body.getInt(body.limit() - Integer.BYTES) != length) {
      throw in.fault("a block that says two lengths; the file is damaged");
    }
    return body.limit(body.limit() - Integer.BYTES);
  }

  private IOException badLength(int length) {
    return in.fault(
        "a block of %d octets; the file is damaged".formatted(Integer.toUnsignedLong(length)));
  }

  private @Nullable Packet block(int type, ByteBuffer body) throws IOException {
    return switch (type) {
      case INTERFACE -> {
        require(body, 2 * Integer.BYTES);
        if (linkTypes.size() == MOST_INTERFACES) {
          throw in.fault("more interfaces than a computer has; the file is damaged");
        }
        linkTypes.add(body.getShort(0) & 0xffff);
        yield null;
      }
      case ENHANCED_PACKET -> {
        require(body, 5 * Integer.BYTES);
        yield packet(body, body.getInt(0), body.getInt(12), 20);
      }
      case OLD_PACKET -> {
        require(body, 5 * Integer.BYTES);
        yield packet(body, body.getShort(0) & 0xffff, body.getInt(12), 20);
      }
      case SIMPLE_PACKET -> {
        require(body, Integer.BYTES);
        yield packet(body, 0, Math.min(body.getInt(0), body.limit() - 4), 4);
      }
      default -> null;
    };
  }

  private void require(ByteBuffer body, int octets) throws IOException {
    if (body.limit() < octets) {
      throw in.fault("a block too short for its kind; the file is damaged");
    }
  }

  private Packet packet(ByteBuffer body, int from, int captured, int at) throws IOException {
    if (from < 0 || from >= linkTypes.size()) {
      throw in.fault("a packet of an interface that is not described; the file is damaged");
    }
    if (captured < 0 || captured > body.limit() - at) {
      throw in.fault("a packet longer than its block; the file is damaged");
    }
    ByteBuffer octets = body.slice(at, captured).order(ByteOrder.BIG_ENDIAN);
    return new Packet(linkTypes.get(from), octets);
  }
}
