package io.clusterzone.zones.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Builds messages octet by octet, so that a test can say what no library would.
public final class Packet {
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  /// A header with id 0x1234.
  public static Packet header(int flags, int questions, int answers, int authority, int more) {
    var packet = new Packet();
    return packet.u16(0x1234).u16(flags).u16(questions).u16(answers).u16(authority).u16(more);
  }

  /// A query with RD for `name` of class IN and so many additional records, which are to follow.
  public static Packet query(String name, int type, int additional) {
    return header(0x0100, 1, 0, 0, additional).name(name).u16(type).u16(1);
  }

  public Packet u8(int value) {
    octets.write(value);
    return this;
  }

  public Packet u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  public Packet u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  /// Labels with a dot behind each; `.` is the root.
  public Packet name(String name) {
    for (String label : name.split("\\.", -1)) {
      if (!label.isEmpty()) {
        u8(label.length()).text(label);
      }
    }
    return u8(0);
  }

  /// One octet per character.
  public Packet text(String text) {
    octets.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /// An OPT record whose RDATA, of `length` octets, is to follow.
  public Packet opt(int size, int version, int flags, int length) {
    return u8(0).u16(41).u16(size).u8(0).u8(version).u16(flags).u16(length);
  }

  public byte[] octets() {
    return octets.toByteArray();
  }

  /// What the parser says, with other octets before and behind in the same buffer.
  Verdict readInto(QueryView view) {
    byte[] message = octets();
    ByteBuffer buffer = ByteBuffer.allocateDirect(message.length + 600);
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, (byte) 1);
    }
    buffer.put(7, message);
    return view.read(buffer, 7, message.length);
  }
}
