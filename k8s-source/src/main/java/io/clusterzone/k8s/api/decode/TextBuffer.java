package io.clusterzone.k8s.api.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Octets of one text as they arrive, up to a bound. Texts that come again and again (namespaces,
/// zones, port names) become the same String.
final class TextBuffer {
  private static final int POOL_SIZE = 1024;
  private static final int LONGEST_POOLED = 64;

  private final String[] pool = new String[POOL_SIZE];
  private byte[] octets = new byte[256];
  private int length;
  private boolean overflown;

  TextBuffer() {
    Arrays.fill(pool, "");
  }

  void clear() {
    length = 0;
    overflown = false;
  }

  void add(int octet) {
    if (length == octets.length) {
      if (length >= Draft.MAX_TEXT) {
        overflown = true;
        return;
      }
      octets = Arrays.copyOf(octets, length * 2);
    }
    octets[length++] = (byte) octet;
  }

  byte[] octets() {
    return octets;
  }

  /// The number of octets; 0 after an overflow.
  int length() {
    return overflown ? 0 : length;
  }

  /// The text, empty after an overflow. Octets that are not UTF-8 become U+FFFD.
  String text() {
    if (length() == 0) {
      return "";
    }
    if (length > LONGEST_POOLED) {
      return decode();
    }
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + octets[i];
    }
    int place = (hash ^ hash >>> 16) & POOL_SIZE - 1;
    if (!isSame(pool[place])) {
      pool[place] = decode();
    }
    return pool[place];
  }

  private boolean isSame(String text) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != octets[i]) {
        return false;
      }
    }
    return true;
  }

  private String decode() {
    return new String(octets, 0, length, StandardCharsets.UTF_8);
  }
}
