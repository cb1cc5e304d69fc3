package io.clusterzone.dns.ops.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The head of a request, up to its empty line. The rest is not read: no page takes a body.
///
/// @param line the request line; empty if the head was too long
/// @param fields the lines after it
record HttpHead(String line, List<String> fields) {
  /// Octets of the longest head that is read.
  static final int MAX_OCTETS = 8192;

  /// Reads a head.
  ///
  /// @throws IOException if the client ends or stalls before its empty line
  static HttpHead read(InputStream in) throws IOException {
    byte[] octets = new byte[MAX_OCTETS];
    int length = 0;
    while (length < MAX_OCTETS) {
      int read = in.read(octets, length, MAX_OCTETS - length);
      if (read < 0) {
        throw new IOException("the client went away");
      }
      length += read;
      if (ended(octets, length)) {
        return of(new String(octets, 0, length, StandardCharsets.ISO_8859_1));
      }
    }
    return new HttpHead("", List.of());
  }

  /// A head from its text.
  static HttpHead of(String head) {
    List<String> lines =
        head.lines().map(String::stripTrailing).takeWhile(line -> !line.isEmpty()).toList();
    return lines.isEmpty()
        ? new HttpHead("", List.of())
        : new HttpHead(lines.getFirst(), lines.subList(1, lines.size()));
  }

  /// The value of a field; empty without it, and joined by commas if it is there several times (RFC
  /// 9110 section 5.3).
  ///
  /// @param name in lower case
  String field(String name) {
    StringBuilder values = new StringBuilder();
    for (String field : fields) {
      int colon = field.indexOf(':');
      if (colon > 0 && field.substring(0, colon).equalsIgnoreCase(name)) {
        values.append(values.isEmpty() ? "" : ", ").append(field.substring(colon + 1).strip());
      }
    }
    return values.toString();
  }

  /// Whether there is an empty line. Lines may end without a carriage return (RFC 9112 section
  /// 2.2).
  private static boolean ended(byte[] octets, int length) {
    int lineLength = -1;
    for (int i = 0; i < length; i++) {
      if (octets[i] == '\n') {
        if (lineLength == 0) {
          return true;
        }
        lineLength = 0;
      } else if (octets[i] != '\r' && lineLength >= 0) {
        lineLength++;
      }
    }
    return false;
  }
}
