package io.clusterzone.dns.compare.question;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Finds the payload of UDP and TCP in a captured packet. Packets of other protocols, fragments and
/// what is cut off have none. Nothing is thrown, but for a kind of link that is not known.
final class Headers {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int TCP = 6;
  private static final int UDP = 17;

  /// A payload, and whether it is a part of a stream.
  record Payload(boolean stream, ByteBuffer octets) {}

  private Headers() {}

  /// Whether packets of this kind of link can be read.
  static boolean isKnown(int linkType) {
    return switch (linkType) {
      case 0, 1, 12, 14, 101, 108, 113, 228, 229, 276 -> true;
      default -> false;
    };
  }

  static @Nullable Payload payload(Packet packet) {
    ByteBuffer octets = packet.octets().slice();
    return switch (packet.linkType()) {
      case 1 -> ethernet(octets);
      case 113 -> tagged(octets, 14);
      case 276 -> octets.remaining() < 20 ? null : network(octets.getShort(0) & 0xffff, octets, 20);
      case 0, 108 -> octets.remaining() < 4 ? null : raw(octets, 4);
      default -> raw(octets, 0);
    };
  }

  private static @Nullable Payload ethernet(ByteBuffer octets) {
    return tagged(octets, 12);
  }

  /// The protocol is at this place, but for tags of virtual networks that come before it.
  private static @Nullable Payload tagged(ByteBuffer octets, int at) {
    int place = at;
    while (octets.remaining() >= place + 2) {
      int protocol = octets.getShort(place) & 0xffff;
      if (protocol != 0x8100 && protocol != 0x88a8 && protocol != 0x9100) {
        return network(protocol, octets, place + 2);
      }
      place += 4;
    }
    return null;
  }

  private static @Nullable Payload raw(ByteBuffer octets, int at) {
    if (octets.remaining() <= at) {
      return null;
    }
    int version = (octets.get(at) & 0xff) >>> 4;
    return version == 4 ? network(IPV4, octets, at) : network(version == 6 ? IPV6 : 0, octets, at);
  }

  private static @Nullable Payload network(int protocol, ByteBuffer octets, int at) {
    return switch (protocol) {
      case IPV4 -> ipv4(octets, at);
      case IPV6 -> ipv6(octets, at);
      default -> null;
    };
  }

  private static @Nullable Payload ipv4(ByteBuffer octets, int at) {
    if (octets.remaining() < at + 20) {
      return null;
    }
    int header = (octets.get(at) & 0xf) * 4;
    int length = octets.getShort(at + 2) & 0xffff;
    boolean fragment = (octets.getShort(at + 6) & 0x3fff) != 0;
    if (fragment || header < 20 || length < header || octets.remaining() < at + length) {
      return null;
    }
    return transport(octets.get(at + 9) & 0xff, octets.slice(at + header, length - header));
  }

  private static @Nullable Payload ipv6(ByteBuffer octets, int at) {
    if (octets.remaining() < at + 40) {
      return null;
    }
    int end = at + 40 + (octets.getShort(at + 4) & 0xffff);
    int next = octets.get(at + 6) & 0xff;
    int place = at + 40;
    // Options and routing, each with its length in units of eight octets (RFC 8200 section 4).
    while ((next == 0 || next == 43 || next == 60) && end - place >= 8 && end <= octets.limit()) {
      next = octets.get(place) & 0xff;
      place += 8 + 8 * (octets.get(place + 1) & 0xff);
    }
    return end > octets.limit() || place > end
        ? null
        : transport(next, octets.slice(place, end - place));
  }

  private static @Nullable Payload transport(int protocol, ByteBuffer octets) {
    int left = octets.remaining();
    if (protocol == UDP && left >= 8) {
      int length = octets.getShort(4) & 0xffff;
      return length < 8 || length > left ? null : new Payload(false, octets.slice(8, length - 8));
    }
    if (protocol == TCP && left >= 20) {
      int header = (octets.get(12) >>> 4 & 0xf) * 4;
      return header < 20 || header > left
          ? null
          : new Payload(true, octets.slice(header, left - header));
    }
    return null;
  }
}
