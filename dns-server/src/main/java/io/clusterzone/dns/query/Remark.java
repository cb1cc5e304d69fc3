package io.clusterzone.dns.query;

/// A short text about a reply, put together of words and labels without allocating: printable ASCII
/// whatever the labels hold. One per event loop; valid until it is begun anew.
public final class Remark {
  private static final int MAX_OCTETS = 256;
  private static final int FIRST_PRINTABLE = 0x21;
  private static final int LAST_PRINTABLE = 0x7e;

  private final byte[] octets = new byte[MAX_OCTETS];
  private int length;

  Remark() {}

  public Remark begin() {
    length = 0;
    return this;
  }

  /// Adds words in ASCII, as far as there is room.
  public Remark add(byte[] words) {
    int fits = Math.min(words.length, MAX_OCTETS - length);
    System.arraycopy(words, 0, octets, length, fits);
    length += fits;
    return this;
  }

  /// Adds the label that begins at `name[at]`; `?` stands for each octet that a terminal or a log
  /// might take for something else.
  public Remark addLabel(byte[] name, int at) {
    int end = at + 1 + name[at];
    for (int i = at + 1; i < end && length < MAX_OCTETS; i++) {
      octets[length++] = isPlain(name[i]) ? name[i] : (byte) '?';
    }
    return this;
  }

  private static boolean isPlain(byte octet) {
    return octet >= FIRST_PRINTABLE && octet <= LAST_PRINTABLE && octet != '"' && octet != '\\';
  }

  /// The text, [#length] octets of it. Not to be changed.
  public byte[] octets() {
    return octets;
  }

  public int length() {
    return length;
  }
}
