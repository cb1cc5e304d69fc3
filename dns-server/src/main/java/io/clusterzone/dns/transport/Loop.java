package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.dns.transport.flood.FloodGate;
import io.clusterzone.dns.transport.flood.LimitedClients;
import io.clusterzone.k8s.thread.SteadyTask;
import io.netty.channel.EventLoop;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// One event loop and what is confined to its thread. There is one per core.
final class Loop {
  private final int index;
  private final EventLoop events;
  private final LoopCounters counters;
  private final FloodGate gate;
  private @Nullable SteadyTask period;

  Loop(int index, EventLoop events, LoopCounters counters, LimitedClients limited) {
    this.index = index;
    this.events = events;
    this.counters = counters;
    this.gate = new FloodGate(events, this::nextPeriod, events.ticker()::nanoTime, limited);
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

  FloodGate gate() {
    return gate;
  }

  /// One that fails comes again: a flood would be limited for ever, or never again.
  private void nextPeriod(Runnable task) {
    if (period == null) {
      period = new SteadyTask("flood-gate", events, FloodGate.PERIOD, _ -> task.run());
    }
    period.later();
  }

  /// Lets the loop do something and waits for it, on a thread that may.
  <T> T call(Callable<T> task) throws BindFailure {
    Future<T> done = events.submit(task);
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BindFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while listeners change", e);
    }
  }

  /// Lets the loop do something that cannot fail, and waits for it.
  void run(Runnable task) {
    events.submit(task).awaitUninterruptibly();
  }
}
