package io.clusterzone.k8s.model;

import io.clusterzone.zones.record.AddressText;

/// Addresses as text: dotted quads, and IPv6 by RFC 4291 section 2.2, written by RFC 5952.
final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  static IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? parseV6(text) : IpAddress.v4(parseV4(text, text));
  }

  private static int parseV4(String part, String whole) {
    String[] octets = part.split("\\.", -1);
    if (octets.length != 4) {
      throw notAnAddress(whole);
    }
    int address = 0;
    for (String octet : octets) {
      boolean leadingZero = octet.length() > 1 && octet.charAt(0) == '0';
      if (octet.isEmpty() || octet.length() > 3 || leadingZero) {
        throw notAnAddress(whole);
      }
      int value = digits(octet, 10, whole);
      if (value > 255) {
        throw notAnAddress(whole);
      }
      address = address << 8 | value;
    }
    return address;
  }

  private static IpAddress parseV6(String text) {
    int gap = text.indexOf("::");
    int[] groups = new int[GROUPS];
    if (gap < 0) {
      if (parseGroups(text, true, groups, text) != GROUPS) {
        throw notAnAddress(text);
      }
    } else {
      int head = parseGroups(text.substring(0, gap), false, groups, text);
      int[] tail = new int[GROUPS];
      int tailLength = parseGroups(text.substring(gap + 2), true, tail, text);
      if (head + tailLength >= GROUPS) {
        throw notAnAddress(text);
      }
      System.arraycopy(tail, 0, groups, GROUPS - tailLength, tailLength);
    }
    return IpAddress.v6(half(groups, 0), half(groups, 4));
  }

  /// Reads a part of `whole` into `groups`, and returns their number; an IPv4 tail, which only the
  /// last part may have, counts as two.
  private static int parseGroups(String text, boolean last, int[] groups, String whole) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int next = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean v4Tail = last && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
      if (next + (v4Tail ? 2 : 1) > GROUPS) {
        throw notAnAddress(whole);
      }
      if (v4Tail) {
        int v4 = parseV4(parts[i], whole);
        groups[next++] = v4 >>> 16;
        groups[next++] = v4 & 0xffff;
      } else {
        if (parts[i].isEmpty() || parts[i].length() > 4) {
          throw notAnAddress(whole);
        }
        groups[next++] = digits(parts[i], 16, whole);
      }
    }
    return next;
  }

  private static int digits(String text, int radix, String whole) {
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        throw notAnAddress(whole);
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static long half(int[] groups, int from) {
    long value = 0;
    for (int i = from; i < from + 4; i++) {
      value = value << 16 | groups[i];
    }
    return value;
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException("\"" + text + "\" is not an IP address");
  }

  static String format(IpAddress address) {
    return address.isV4()
        ? AddressText.v4(address.v4Bits())
        : AddressText.v6(address.high(), address.low());
  }
}
