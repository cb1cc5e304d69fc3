package io.clusterzone.dns.ops;

import java.util.Arrays;
import java.util.List;

/// The RR types that requests are counted by. There are few, so that a client that asks for odd
/// types cannot fill the metrics; the rest is `other`.
final class TypeLabels {
  private static final int[] NUMBERS = {
    1, 2, 5, 6, 12, 15, 16, 28, 33, 43, 46, 47, 48, 50, 64, 65, 251, 252, 255
  };

  private static final byte[] SLOT_OF_NUMBER = new byte[256];

  /// The slot of every other type.
  private static final int OTHER = NUMBERS.length;

  static final int COUNT = OTHER + 1;

  static {
    Arrays.fill(SLOT_OF_NUMBER, (byte) OTHER);
    for (int slot = 0; slot < NUMBERS.length; slot++) {
      SLOT_OF_NUMBER[NUMBERS[slot]] = (byte) slot;
    }
  }

  private TypeLabels() {}

  static int slot(int type) {
    return type < SLOT_OF_NUMBER.length ? SLOT_OF_NUMBER[type] : OTHER;
  }

  static List<String> all() {
    String[] labels = new String[COUNT];
    for (int slot = 0; slot < OTHER; slot++) {
      labels[slot] = Mnemonics.type(NUMBERS[slot]);
    }
    labels[OTHER] = "other";
    return List.of(labels);
  }
}
