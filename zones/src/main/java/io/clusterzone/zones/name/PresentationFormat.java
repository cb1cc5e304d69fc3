package io.clusterzone.zones.name;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Names as text (RFC 1035 section 5.1).
final class PresentationFormat {
  private PresentationFormat() {}

  static Name parse(String text) {
    if (text.equals(".")) {
      return Name.ROOT;
    }
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    var wire = new ByteArrayOutputStream(octets.length + 2);
    var label = new ByteArrayOutputStream(Name.MAX_LABEL_LENGTH);
    boolean open = true;
    for (int at = 0; at < octets.length; at++) {
      open = true;
      if (octets[at] == '.') {
        endLabel(text, label, wire);
        open = false;
      } else if (octets[at] == '\\') {
        at += escaped(text, octets, at, label);
      } else {
        label.write(octets[at]);
      }
    }
    if (open) {
      endLabel(text, label, wire);
    }
    wire.write(0);
    if (wire.size() > Name.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a name has at most 255 octets, this one has " + wire.size() + ": " + text);
    }
    return Name.ofChecked(wire.toByteArray());
  }

  /// Reads the escape at `at`, and returns the number of octets after the backslash.
  private static int escaped(String text, byte[] octets, int at, ByteArrayOutputStream label) {
    if (at + 1 >= octets.length) {
      throw new IllegalArgumentException("a name ends in the middle of an escape: " + text);
    }
    if (!isDigit(octets[at + 1])) {
      label.write(octets[at + 1]);
      return 1;
    }
    if (at + 3 >= octets.length || !isDigit(octets[at + 2]) || !isDigit(octets[at + 3])) {
      throw new IllegalArgumentException("an escape has three digits: " + text);
    }
    int value = (octets[at + 1] - '0') * 100 + (octets[at + 2] - '0') * 10 + (octets[at + 3] - '0');
    if (value > 255) {
      throw new IllegalArgumentException("an escape is at most \\255: " + text);
    }
    label.write(value);
    return 3;
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }

  private static void endLabel(
      String text, ByteArrayOutputStream label, ByteArrayOutputStream wire) {
    if (label.size() == 0) {
      throw new IllegalArgumentException("a name with an empty label: \"" + text + "\"");
    }
    if (label.size() > Name.MAX_LABEL_LENGTH) {
      throw new IllegalArgumentException(
          "a label has at most 63 octets, one has " + label.size() + ": " + text);
    }
    wire.write(label.size());
    wire.writeBytes(label.toByteArray());
    label.reset();
  }

  static String format(byte[] wire) {
    if (wire.length == 1) {
      return ".";
    }
    var text = new StringBuilder(wire.length + 8);
    for (int at = 0; wire[at] != 0; at += wire[at] + 1) {
      for (int i = 1; i <= wire[at]; i++) {
        appendOctet(text, wire[at + i] & 0xff);
      }
      text.append('.');
    }
    return text.toString();
  }

  private static void appendOctet(StringBuilder text, int octet) {
    if (octet <= ' ' || octet > '~') {
      text.append('\\').append((char) ('0' + octet / 100));
      text.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
    } else if ("\\.\";()@$".indexOf(octet) >= 0) {
      text.append('\\').append((char) octet);
    } else {
      text.append((char) octet);
    }
  }
}
