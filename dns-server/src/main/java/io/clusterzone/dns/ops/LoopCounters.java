package io.clusterzone.dns.ops;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The counters of one event loop: plain numbers which its thread alone adds to, and which any
/// thread may read, as with [ScopeCounters].
public final class LoopCounters {
  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(long[].class);

  private final Counters all;
  private final int index;
  private final long[] numbers = new long[Event.values().length];

  LoopCounters(Counters all, int index) {
    this.all = all;
    this.index = index;
  }

  /// The loop's numbers of a scope. From any thread.
  ///
  /// @throws IllegalArgumentException if it is not among the scopes of these counters
  public ScopeCounters of(Scope scope) {
    return all.counted(scope).loop(index);
  }

  public void increment(Event event) {
    add(event, 1);
  }

  public void add(Event event, long amount) {
    int slot = event.slot();
    NUMBER.setOpaque(numbers, slot, numbers[slot] + amount);
  }

  public long get(Event event) {
    return (long) NUMBER.getOpaque(numbers, event.slot());
  }
}
