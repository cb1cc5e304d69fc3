package io.clusterzone.zones.answer;

/// Writes the label that spells an address in the one canonical way: IPv4 as four decimal numbers,
/// IPv6 by RFC 5952 section 4, with `-` for their dots and colons.
final class CanonicalLabel {
  private static final int GROUPS = 8;

  private CanonicalLabel() {}

  /// Writes from `at` and returns where the text ends.
  static int putIpv4(int address, byte[] out, int at) {
    int end = at;
    for (int shift = 24; shift >= 0; shift -= 8) {
      end = putDecimal(address >>> shift & 0xff, out, end);
      if (shift > 0) {
        out[end++] = '-';
      }
    }
    return end;
  }

  private static int putDecimal(int octet, byte[] out, int at) {
    int end = at;
    if (octet >= 100) {
      out[end++] = (byte) ('0' + octet / 100);
    }
    if (octet >= 10) {
      out[end++] = (byte) ('0' + octet / 10 % 10);
    }
    out[end++] = (byte) ('0' + octet % 10);
    return end;
  }

  /// Writes from `at` and returns where the text ends. The longest run of two zero groups or more,
  /// the first of equals, is left out (RFC 5952 section 4.2).
  static int putIpv6(long high, long low, byte[] out, int at) {
    int gap = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = zerosFrom(high, low, i);
      if (zeros > gapLength) {
        gap = i;
        gapLength = zeros;
      }
    }
    int end = at;
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        out[end++] = '-';
        if (i == 0) {
          out[end++] = '-';
        }
        i += gapLength - 1;
      } else {
        end = putHexadecimal(group(high, low, i), out, end);
        if (i < GROUPS - 1) {
          out[end++] = '-';
        }
      }
    }
    return end;
  }

  private static int zerosFrom(long high, long low, int from) {
    int at = from;
    while (at < GROUPS && group(high, low, at) == 0) {
      at++;
    }
    return at - from;
  }

  private static int group(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
  }

  private static int putHexadecimal(int group, byte[] out, int at) {
    int end = at;
    boolean started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = group >>> shift & 0xf;
      started |= digit != 0 || shift == 0;
      if (started) {
        out[end++] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
      }
    }
    return end;
  }
}
