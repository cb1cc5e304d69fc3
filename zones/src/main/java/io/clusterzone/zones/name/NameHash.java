package io.clusterzone.zones.name;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/// The 64-bit hash of a name's folded wire form. Stateless, callable from any thread.
///
/// Tenants choose names, so the seed is drawn anew in each process: no outsider can prepare names
/// whose hashes collide. 64 bits, because 32 collide at 100,000 names.
///
/// Eight octets enter at a time; each step multiplies the state by a secret odd number to 128 bits
/// and folds the halves together, so that every bit of the product's middle depends on every octet
/// so far. A name of 40 octets takes five multiplications.
public final class NameHash {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int WORD_OCTETS = Long.BYTES;
  private static final long SEED;
  private static final long MULTIPLIER;

  static {
    var random = new SecureRandom();
    SEED = random.nextLong();
    MULTIPLIER = random.nextLong() | 1;
  }

  private NameHash() {}

  /// The hash of the folded name in `folded[offset, offset + length)`, the root label included.
  public static long of(byte[] folded, int offset, int length) {
    return of(folded, offset, length, SEED, MULTIPLIER);
  }

  /// The same hash with another seed and an odd multiplier, for octets of any kind. With fixed ones
  /// it is the same in every process.
  public static long of(byte[] folded, int offset, int length, long seed, long multiplier) {
    long state = seed ^ length;
    int at = offset;
    int end = offset + length;
    for (; end - at > WORD_OCTETS; at += WORD_OCTETS) {
      state = mix(state ^ (long) WORD.get(folded, at), multiplier);
    }
    state = mix(state ^ lastWord(folded, offset, end), multiplier);
    return mix(state ^ seed, multiplier);
  }

  /// The last eight octets, some of which the loop may have taken already; a shorter name whole.
  private static long lastWord(byte[] folded, int offset, int end) {
    if (end - offset >= WORD_OCTETS) {
      return (long) WORD.get(folded, end - WORD_OCTETS);
    }
    long word = 0;
    for (int at = offset; at < end; at++) {
      word = word << Byte.SIZE | (folded[at] & 0xff);
    }
    return word;
  }

  private static long mix(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
