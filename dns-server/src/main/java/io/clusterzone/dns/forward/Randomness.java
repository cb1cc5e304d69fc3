package io.clusterzone.dns.forward;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/// Unpredictable numbers, drawn from [SecureRandom] a few hundred at a time. One per thread.
public final class Randomness {
  private static final int OCTETS = 1024;

  private final SecureRandom source = new SecureRandom();
  private final byte[] octets = new byte[OCTETS];
  private final ByteBuffer drawn = ByteBuffer.wrap(octets).limit(0);

  /// A query id (RFC 5452 section 9.2).
  public int id() {
    return require(Short.BYTES).getShort() & 0xffff;
  }

  public long bits() {
    return require(Long.BYTES).getLong();
  }

  /// A number below `bound`; the bias of the remainder does not matter for choosing an upstream.
  int below(int bound) {
    return (int) ((bits() >>> 1) % bound);
  }

  private ByteBuffer require(int length) {
    if (drawn.remaining() < length) {
      source.nextBytes(octets);
      drawn.clear();
    }
    return drawn;
  }
}
