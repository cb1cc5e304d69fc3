package io.clusterzone.dns.compare;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Header;
import java.nio.ByteBuffer;

/// Reads a message from its beginning to its end. The first fault is kept, and everything that is
/// read after it is empty; nothing is thrown.
final class MessageCursor {
  private static final int POINTER = 0xc0;

  private final ByteBuffer message;
  private final int end;
  private int at;
  private String fault = "";

  /// @param message from index 0 to its limit
  MessageCursor(ByteBuffer message) {
    this.message = message;
    this.end = message.limit();
  }

  /// The first fault and its place; empty if there is none.
  String fault() {
    return fault;
  }

  boolean failed() {
    return !fault.isEmpty();
  }

  void fail(String what) {
    if (fault.isEmpty()) {
      fault = what + " at octet " + at;
    }
  }

  int left() {
    return failed() ? 0 : end - at;
  }

  int at() {
    return at;
  }

  int u8() {
    return require(1) ? message.get(at++) & 0xff : 0;
  }

  int u16() {
    if (!require(Short.BYTES)) {
      return 0;
    }
    at += Short.BYTES;
    return message.getShort(at - Short.BYTES) & 0xffff;
  }

  long u32() {
    return (long) u16() << Short.SIZE | u16();
  }

  private boolean require(int octets) {
    if (left() < octets) {
      fail("the message ends early");
    }
    return !failed();
  }

  /// Copies octets to `out`, which has room for them.
  void copy(int octets, ByteBuffer out) {
    if (require(octets)) {
      out.put(out.position(), message, at, octets).position(out.position() + octets);
      at += octets;
    }
  }

  void skip(int octets) {
    if (require(octets)) {
      at += octets;
    }
  }

  /// A name, uncompressed and spelt as it came. A pointer goes back each time, so this ends (RFC
  /// 1035 section 4.1.4).
  Name name() {
    byte[] wire = new byte[Name.MAX_LENGTH];
    int length = 0;
    int resume = -1;
    int before = at;
    while (!failed()) {
      int label = u8();
      if (label >= POINTER) {
        int target = (label & ~POINTER) << 8 | u8();
        resume = resume < 0 ? at : resume;
        if (target < Header.LENGTH || target >= before) {
          fail("a compression pointer that does not go back");
        } else {
          at = target;
          before = target;
        }
      } else if (label > Name.MAX_LABEL_LENGTH || length + label + 1 > Name.MAX_LENGTH) {
        fail(label > Name.MAX_LABEL_LENGTH ? "a label of an unknown kind" : "a name too long");
      } else {
        wire[length++] = (byte) label;
        if (label == 0) {
          at = resume < 0 ? at : resume;
          return Name.ofWire(wire, 0);
        }
        if (require(label)) {
          message.get(at, wire, length, label);
          at += label;
          length += label;
        }
      }
    }
    return Name.ROOT;
  }
}
