package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.zone.Node;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads a label that spells an address, as the names of Pods do: `10-1-2-3` is IPv4, any other
/// form is IPv6 with each `-` for a `:` (`fd00--1`).
///
/// Part of [Lookup]; same thread. The label is folded. It takes one spelling of IPv4 (no leading
/// zeros) and every spelling of IPv6 that RFC 4291 section 2.2 gives in its forms 1 and 2; an
/// IPv4-mapped address is the IPv4 address.
final class AddressLabel {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private static final int GROUPS = 8;
  private static final int NO_GAP = -1;
  private static final int RDATA = Node.RECORD_RDATA;

  private final byte[] record = new byte[RDATA + 16];
  private final int[] groups = new int[GROUPS];
  private int type;
  private long high;
  private long low;

  /// Reads the label whose length octet stands at `at`, and says whether it spells an address.
  boolean read(byte[] name, int at) {
    int from = at + 1;
    int to = from + name[at];
    return spellsIpv4(name, from, to) ? readIpv4(name, from, to) : readIpv6(name, from, to);
  }

  /// `A` or `AAAA`.
  int type() {
    return type;
  }

  /// Makes the record of the address, owned by the name asked for, and points `records` at it.
  void pointAtRecord(Records records, int ttlSeconds) {
    int length = type == RRType.A ? 4 : 16;
    SHORT.set(record, 0, (short) Reply.QUESTION_NAME);
    SHORT.set(record, Node.RECORD_TYPE, (short) type);
    SHORT.set(record, Node.RECORD_CLASS, (short) DnsClass.IN);
    INT.set(record, Node.RECORD_TTL, ttlSeconds);
    SHORT.set(record, Node.RECORD_RDLENGTH, (short) length);
    if (type == RRType.A) {
      INT.set(record, RDATA, (int) low);
    } else {
      LONG.set(record, RDATA, high);
      LONG.set(record, RDATA + 8, low);
    }
    records.point(record, 0, 1, RDATA + length);
  }

  /// Writes the label that spells the address canonically, with its length octet, to the beginning
  /// of `name`. Returns how many octets that are.
  int putCanonical(byte[] name) {
    int end =
        type == RRType.A
            ? CanonicalLabel.putIpv4((int) low, name, 1)
            : CanonicalLabel.putIpv6(high, low, name, 1);
    name[0] = (byte) (end - 1);
    return end;
  }

  /// Whether it has the form of IPv4: exactly three hyphens, no two in a row.
  private static boolean spellsIpv4(byte[] name, int from, int to) {
    int hyphens = 0;
    for (int i = from; i < to; i++) {
      if (name[i] == '-') {
        hyphens++;
        if (i + 1 < to && name[i + 1] == '-') {
          return false;
        }
      }
    }
    return hyphens == 3;
  }

  private boolean readIpv4(byte[] name, int from, int to) {
    long address = 0;
    int at = from;
    for (int part = 0; part < 4; part++) {
      int end = endOfPart(name, at, to);
      int octet = decimal(name, at, end);
      if (octet < 0) {
        return false;
      }
      address = (address << 8) | octet;
      at = end + 1;
    }
    type = RRType.A;
    low = address;
    return true;
  }

  private static int decimal(byte[] name, int from, int to) {
    if (from == to || to - from > 3 || (name[from] == '0' && to - from > 1)) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = name[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value <= 255 ? value : -1;
  }

  /// Groups with a hyphen between them; once, `--` stands for groups of zeros.
  private boolean readIpv6(byte[] name, int from, int to) {
    int count = 0;
    int gap = isGap(name, from, to) ? 0 : NO_GAP;
    int at = gap == 0 ? from + 2 : from;
    while (at < to) {
      int end = endOfPart(name, at, to);
      int group = count < GROUPS ? hexadecimal(name, at, end) : -1;
      if (group < 0 || end == to - 1) {
        return false;
      }
      groups[count++] = group;
      at = end + 1;
      if (isGap(name, end, to)) {
        if (gap != NO_GAP) {
          return false;
        }
        gap = count;
        at = end + 2;
      }
    }
    return expand(count, gap);
  }

  private static boolean isGap(byte[] name, int at, int to) {
    return to - at >= 2 && name[at] == '-' && name[at + 1] == '-';
  }

  /// Fills the gap that `--` left with zeros: at least one group.
  private boolean expand(int count, int gap) {
    if (gap == NO_GAP ? count != GROUPS : count == GROUPS) {
      return false;
    }
    int zeros = GROUPS - count;
    long upper = 0;
    long lower = 0;
    for (int i = 0; i < GROUPS; i++) {
      int group = i < gap ? groups[i] : i < gap + zeros ? 0 : groups[i - zeros];
      upper = (upper << 16) | (lower >>> 48);
      lower = (lower << 16) | group;
    }
    boolean mapped = upper == 0 && lower >>> 32 == 0xffff;
    type = mapped ? RRType.A : RRType.AAAA;
    high = upper;
    low = mapped ? lower & 0xffff_ffffL : lower;
    return true;
  }

  private static int hexadecimal(byte[] name, int from, int to) {
    if (from == to || to - from > 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(name[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private static int endOfPart(byte[] name, int from, int to) {
    int at = from;
    while (at < to && name[at] != '-') {
      at++;
    }
    return at;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }
}
