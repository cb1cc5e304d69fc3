package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.LoopCounters;
import io.netty.channel.EventLoop;

/// One event loop and what is confined to its thread. There is one per core.
final class Loop {
  private final int index;
  private final EventLoop events;
  private final LoopCounters counters;
  private int unanswered;

  Loop(int index, EventLoop events, LoopCounters counters) {
    this.index = index;
    this.events = events;
    this.counters = counters;
  }

  int index() {
    return index;
  }

  EventLoop events() {
    return events;
  }

  LoopCounters counters() {
    return counters;
  }

  /// Datagrams whose reply comes later; what a graceful stop waits for.
  int unanswered() {
    return unanswered;
  }

  void awaitAnswer() {
    unanswered++;
  }

  void answered() {
    unanswered--;
  }
}
