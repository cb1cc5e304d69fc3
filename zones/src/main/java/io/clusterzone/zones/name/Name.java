package io.clusterzone.zones.name;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A domain name in wire form: length-prefixed labels, ending with the root label (RFC 1035 section
/// 3.1).
///
/// It keeps its spelling and compares without it: two names are equal if they differ only in the
/// case of ASCII letters (RFC 4343). Any octet may stand in a label; [#toString] escapes what is
/// not printable. Immutable, safe on any thread. The query path works on bytes and does not create
/// names.
public final class Name implements Comparable<Name> {
  /// Octets a name may have at the most, the root label included (RFC 1035 section 2.3.4).
  public static final int MAX_LENGTH = 255;

  /// Octets a label may have at the most (RFC 1035 section 2.3.4).
  public static final int MAX_LABEL_LENGTH = 63;

  public static final Name ROOT = new Name(new byte[1]);

  private final byte[] wire;

  private Name(byte[] wire) {
    this.wire = wire;
  }

  /// Reads presentation format (RFC 1035 section 5.1): `\.` and `\DDD` are escapes, the last dot
  /// may be left out.
  ///
  /// @throws IllegalArgumentException if a label is empty or longer than 63 octets, if the name is
  ///   longer than 255
  public static Name parse(String text) {
    return PresentationFormat.parse(text);
  }

  /// Takes a copy of the name that starts at `offset`.
  ///
  /// @throws IllegalArgumentException if no whole uncompressed name stands there
  public static Name ofWire(byte[] bytes, int offset) {
    int end = offset;
    while (end < bytes.length && bytes[end] != 0) {
      int label = bytes[end] & 0xff;
      if (label > MAX_LABEL_LENGTH) {
        throw new IllegalArgumentException("label of " + label + " octets at offset " + end);
      }
      end += label + 1;
    }
    if (end >= bytes.length || end + 1 - offset > MAX_LENGTH) {
      throw new IllegalArgumentException("no whole name at offset " + offset);
    }
    return new Name(Arrays.copyOfRange(bytes, offset, end + 1));
  }

  /// The name one label below this one.
  ///
  /// @throws IllegalArgumentException if the label is empty or too long, or the new name is
  public Name child(String label) {
    return child(label.getBytes(StandardCharsets.UTF_8));
  }

  /// The name one label below this one.
  ///
  /// @throws IllegalArgumentException if the label is empty or too long, or the new name is
  public Name child(byte[] label) {
    if (label.length == 0 || label.length > MAX_LABEL_LENGTH) {
      throw new IllegalArgumentException(
          "a label has 1 to 63 octets, this one has "
              + label.length
              + ": "
              + new String(label, StandardCharsets.UTF_8));
    }
    if (label.length + 1 + wire.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a name has at most 255 octets: "
              + new String(label, StandardCharsets.UTF_8)
              + "."
              + this);
    }
    byte[] longer = new byte[label.length + 1 + wire.length];
    longer[0] = (byte) label.length;
    System.arraycopy(label, 0, longer, 1, label.length);
    System.arraycopy(wire, 0, longer, label.length + 1, wire.length);
    return new Name(longer);
  }

  public boolean isRoot() {
    return wire.length == 1;
  }

  /// The name without its leftmost label; the root's parent is the root.
  public Name parent() {
    return isRoot() ? this : new Name(Arrays.copyOfRange(wire, wire[0] + 1, wire.length));
  }

  /// The number of labels before the root label.
  public int labelCount() {
    int count = 0;
    for (int at = 0; wire[at] != 0; at += wire[at] + 1) {
      count++;
    }
    return count;
  }

  /// Whether this name is `ancestor` or stands below it, compared by whole labels.
  public boolean isAtOrBelow(Name ancestor) {
    int at = 0;
    while (wire.length - at > ancestor.wire.length) {
      at += wire[at] + 1;
    }
    return wire.length - at == ancestor.wire.length
        && equalFolded(wire, at, ancestor.wire, 0, ancestor.wire.length);
  }

  /// Octets in wire form, the root label included.
  public int length() {
    return wire.length;
  }

  /// Copies the wire form, spelt as given.
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(wire, 0, target, offset, wire.length);
  }

  /// A copy of the wire form, spelt as given.
  public byte[] toWire() {
    return wire.clone();
  }

  /// Copies the name at the position of a buffer over an array, and moves the position behind it.
  ///
  /// @throws IllegalArgumentException if no whole uncompressed name stands there
  public static Name readFrom(ByteBuffer source) {
    Name name = ofWire(source.array(), source.arrayOffset() + source.position());
    source.position(source.position() + name.length());
    return name;
  }

  /// Puts the wire form, spelt as given, at the buffer's position.
  public void writeTo(ByteBuffer target) {
    target.put(wire);
  }

  /// A copy of the wire form with its ASCII letters in lower case.
  public byte[] toFoldedWire() {
    byte[] lower = new byte[wire.length];
    for (int i = 0; i < wire.length; i++) {
      lower[i] = fold(wire[i]);
    }
    return lower;
  }

  /// The same name with its ASCII letters in lower case.
  public Name folded() {
    return new Name(toFoldedWire());
  }

  /// Folds one octet of a name. Length octets are below `A`, so a whole wire form may be folded
  /// octet by octet.
  public static byte fold(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? (byte) (octet + ('a' - 'A')) : octet;
  }

  private static boolean equalFolded(byte[] a, int aAt, byte[] b, int bAt, int length) {
    for (int i = 0; i < length; i++) {
      if (fold(a[aAt + i]) != fold(b[bAt + i])) {
        return false;
      }
    }
    return true;
  }

  static Name ofChecked(byte[] wire) {
    return new Name(wire);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Name name
        && wire.length == name.wire.length
        && equalFolded(wire, 0, name.wire, 0, wire.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (byte octet : wire) {
      hash = 31 * hash + fold(octet);
    }
    return hash;
  }

  /// Canonical order (RFC 4034 section 6.1): by labels from the right, each compared as folded
  /// octets.
  @Override
  public int compareTo(Name other) {
    return CanonicalOrder.compare(wire, 0, wire.length, other.wire, 0, other.wire.length);
  }

  /// Presentation format with the last dot.
  @Override
  public String toString() {
    return PresentationFormat.format(wire);
  }
}
