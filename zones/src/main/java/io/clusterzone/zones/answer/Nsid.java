package io.clusterzone.zones.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The name server's identifier that clients may ask for (RFC 5001). Immutable.
public final class Nsid {
  /// Short enough to leave room for the longest question and an SOA in 512 octets.
  public static final int MAX_LENGTH = 128;

  /// No identifier: asking for it gets none.
  public static final Nsid NONE = new Nsid(new byte[0]);

  private final byte[] octets;

  private Nsid(byte[] octets) {
    this.octets = octets;
  }

  /// The text in UTF-8; empty is none.
  ///
  /// @throws IllegalArgumentException if it has more than 128 octets
  public static Nsid of(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    if (octets.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an NSID has at most 128 octets, this one has " + octets.length + ": " + text);
    }
    return new Nsid(octets);
  }

  int length() {
    return octets.length;
  }

  /// Not to be changed.
  byte[] octets() {
    return octets;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Nsid nsid && Arrays.equals(octets, nsid.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return new String(octets, StandardCharsets.UTF_8);
  }
}
