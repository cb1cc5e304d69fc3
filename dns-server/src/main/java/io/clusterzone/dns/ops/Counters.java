package io.clusterzone.dns.ops;

import java.util.ArrayList;
import java.util.List;

/// The counters of a whole server: one [LoopCounters] per event loop, summed when somebody reads.
public final class Counters {
  private final List<LoopCounters> loops;

  public Counters(int loopCount) {
    List<LoopCounters> made = new ArrayList<>();
    for (int i = 0; i < loopCount; i++) {
      made.add(new LoopCounters(Event.values().length));
    }
    loops = List.copyOf(made);
  }

  /// The counters of one event loop, to be changed by its thread alone.
  public LoopCounters loop(int index) {
    return loops.get(index);
  }

  public long sum(Event event) {
    long sum = 0;
    for (LoopCounters loop : loops) {
      sum += loop.get(event.slot());
    }
    return sum;
  }
}
