package io.clusterzone.dns.shadow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Counts of one thread, which any thread may read.
final class LoopDrops {
  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] numbers = new long[Drop.values().length];

  void count(Drop reason) {
    int slot = reason.slot();
    NUMBER.setOpaque(numbers, slot, numbers[slot] + 1);
  }

  long get(Drop reason) {
    return (long) NUMBER.getOpaque(numbers, reason.slot());
  }
}
