package io.clusterzone.dns.ops;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The counters of one event loop: plain numbers which its thread alone adds to, and which any
/// thread may read.
///
/// There is one writer, so an addition needs no atomic instruction; opaque access keeps readers
/// from seeing a torn or an eternally stale number.
public final class LoopCounters {
  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] numbers;

  LoopCounters(int size) {
    numbers = new long[size];
  }

  public void increment(Event event) {
    add(event.slot(), 1);
  }

  public void add(Event event, long amount) {
    add(event.slot(), amount);
  }

  void add(int slot, long amount) {
    NUMBER.setOpaque(numbers, slot, numbers[slot] + amount);
  }

  long get(int slot) {
    return (long) NUMBER.getOpaque(numbers, slot);
  }
}
