package io.clusterzone.dns.overload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/// Queries of two kinds, written in place: names of the cluster, which are answered at once, and
/// names that nobody has asked for before, which an upstream is asked for.
final class Queries {
  static final int SERVICES = 100;

  private static final int HEADER = 12;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int DIGITS = 16;
  private static final byte[] CLUSTER = name("s00.shop.svc.cluster.local");
  private static final byte[] ELSEWHERE = name("m" + "0".repeat(DIGITS) + ".example");

  private Queries() {}

  /// A Service's address.
  static void cluster(ByteBuffer out, int id, int service) {
    begin(out, id, CLUSTER);
    out.put(HEADER + 2, (byte) ('0' + service / 10)).put(HEADER + 3, (byte) ('0' + service % 10));
  }

  /// The address of a name that is `number`.
  static void elsewhere(ByteBuffer out, int id, long number) {
    begin(out, id, ELSEWHERE);
    long left = number;
    for (int i = DIGITS; i > 0; i--) {
      out.put(HEADER + 1 + i, (byte) ('0' + left % 10));
      left /= 10;
    }
  }

  private static void begin(ByteBuffer out, int id, byte[] name) {
    out.clear();
    out.putShort((short) id).putShort((short) RECURSION_DESIRED).putShort((short) 1);
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    out.put(name).putShort((short) 1).putShort((short) 1).flip();
  }

  private static byte[] name(String text) {
    ByteBuffer wire = ByteBuffer.allocate(text.length() + 2);
    for (String label : text.split("\\.", -1)) {
      wire.put((byte) label.length()).put(label.getBytes(US_ASCII));
    }
    return wire.put((byte) 0).array();
  }

  /// The response code of a reply.
  static int rcode(ByteBuffer reply) {
    return reply.get(3) & 0x0f;
  }

  static int id(ByteBuffer reply) {
    return reply.getShort(0) & 0xffff;
  }
}
