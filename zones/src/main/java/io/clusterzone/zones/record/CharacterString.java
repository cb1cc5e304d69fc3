package io.clusterzone.zones.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A character string in RDATA (RFC 1035 section 3.3): one octet of length, then that many octets.
final class CharacterString {
  private static final int MAX_OCTETS = 255;

  private CharacterString() {}

  static void check(String text) {
    int octets = text.getBytes(StandardCharsets.UTF_8).length;
    if (octets > MAX_OCTETS) {
      throw new IllegalArgumentException(
          "a character string has at most 255 octets, this one has " + octets + ": " + text);
    }
  }

  static int wireLength(String text) {
    return 1 + text.getBytes(StandardCharsets.UTF_8).length;
  }

  static void write(String text, ByteBuffer target) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    target.put((byte) octets.length).put(octets);
  }

  static String read(ByteBuffer source) {
    byte[] octets = new byte[source.get() & 0xff];
    source.get(octets);
    return new String(octets, StandardCharsets.UTF_8);
  }

  /// Between quotes, with `\DDD` for octets that are not printable ASCII (RFC 1035 section 5.1).
  static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      int value = octet & 0xff;
      if (value < ' ' || value > '~') {
        quoted.append('\\').append((char) ('0' + value / 100));
        quoted.append((char) ('0' + value / 10 % 10)).append((char) ('0' + value % 10));
      } else {
        quoted.append(value == '"' || value == '\\' ? "\\" : "").append((char) value);
      }
    }
    return quoted.append('"').toString();
  }
}
