package io.clusterzone.k8s.made;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The order in which an owner tries the places of a range: all of them, each once (double hashing,
/// Knuth 6.4 algorithm D). It follows from the owner's name alone, so it is the same everywhere,
/// and names that begin at one place part at the next.
record Probe(long start, long stride) {
  static Probe of(String owner) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(owner.getBytes(StandardCharsets.UTF_8));
      return new Probe(ByteBuffer.wrap(hash).getLong(0), ByteBuffer.wrap(hash).getLong(8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The first place among `count`.
  long first(long count) {
    return Long.remainderUnsigned(start, count);
  }

  /// The distance from a place to the next, counted round: it has no divisor in common with
  /// `count`.
  long step(long count) {
    if (count <= 2) {
      return 1;
    }
    long step = 1 + Long.remainderUnsigned(stride, count - 1);
    while (gcd(step, count) != 1) {
      step = step == count - 1 ? 1 : step + 1;
    }
    return step;
  }

  private static long gcd(long a, long b) {
    long larger = a;
    long smaller = b;
    while (smaller != 0) {
      long rest = larger % smaller;
      larger = smaller;
      smaller = rest;
    }
    return larger;
  }
}
