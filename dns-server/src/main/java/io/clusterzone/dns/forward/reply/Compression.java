package io.clusterzone.dns.forward.reply;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Header;

/// Checks that the compressed names of a message can be read with little work (RFC 1035 section
/// 4.1.4, RFC 9267 section 2).
///
/// A pointer takes two octets and may lead to a pointer: 8,000 of them in a row, and 20,000 names
/// that begin with the last, fit into a message, and a decoder that follows them all is busy for
/// half a second. Real replies take a few steps a name.
final class Compression {
  /// Labels and pointers that all names together may lead through, for each octet of the message.
  private static final int STEPS_PER_OCTET = 16;

  /// The steps that a short message may take.
  private static final int MIN_STEPS = 1 << 16;

  private static final int POINTER = 0xc0;

  private final byte[] message;
  private int stepsLeft;

  private Compression(byte[] message) {
    this.message = message;
    stepsLeft = Math.max(MIN_STEPS, STEPS_PER_OCTET * message.length);
  }

  /// Follows everything that looks like a pointer, also within data that has none: the decoded
  /// names are among it.
  static boolean isBounded(byte[] message) {
    var compression = new Compression(message);
    for (int at = Header.LENGTH; at < message.length; at++) {
      if ((message[at] & 0xff) >= POINTER) {
        compression.follow(at);
      }
    }
    return compression.stepsLeft > 0;
  }

  /// Reads a name from a pointer on to its end, or to an error: beyond the message, or longer than
  /// a name can be.
  private void follow(int pointer) {
    int at = pointer;
    int length = 0;
    while (stepsLeft > 0 && at < message.length && length <= Name.MAX_LENGTH) {
      stepsLeft--;
      int octet = message[at] & 0xff;
      int next = octet >= POINTER ? target(at) : at + 1 + octet;
      boolean error = octet >= POINTER ? next >= at : octet > Name.MAX_LABEL_LENGTH;
      if (error || octet == 0) {
        return;
      }
      length += octet >= POINTER ? 0 : 1 + octet;
      at = next;
    }
  }

  /// The pointer's target; the pointer itself if half of it is missing.
  private int target(int at) {
    return at + 1 < message.length
        ? (message[at] & 0x3f) << Byte.SIZE | (message[at + 1] & 0xff)
        : at;
  }
}
