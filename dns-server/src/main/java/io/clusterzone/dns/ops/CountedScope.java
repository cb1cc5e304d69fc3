package io.clusterzone.dns.ops;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One [Scope] and its numbers on all event loops. Safe on any thread.
///
/// Whether it has numbers of its own is decided with the first query, for as long as it lasts: once
/// too many have, the others of the listener are counted together.
final class CountedScope {
  /// The most scopes with numbers of their own; each takes about 8 KiB of `/metrics`, and 2 KiB an
  /// event loop.
  static final int MOST_TOLD = 1024;

  private enum Place {
    OPEN,
    TOLD,
    AMONG_THE_REST
  }

  private final Scope scope;
  private final AtomicInteger told;
  private final @Nullable CountedScope rest;
  private final List<ScopeCounters> loops;
  private volatile Place place;

  /// The round of [Counters#retain] that kept it last; under the lock of the counters.
  long kept;

  /// @param told the number of scopes with numbers of their own
  /// @param rest where it is counted otherwise; null if it has numbers of its own in any case
  CountedScope(Scope scope, int loopCount, AtomicInteger told, @Nullable CountedScope rest) {
    this.scope = scope;
    this.told = told;
    this.rest = rest;
    this.place = rest == null ? Place.TOLD : Place.OPEN;
    this.loops =
        IntStream.range(0, loopCount).mapToObj(loop -> new ScopeCounters(this, loop)).toList();
  }

  Scope scope() {
    return scope;
  }

  ScopeCounters loop(int index) {
    return loops.get(index);
  }

  /// Whether it has numbers of its own; decided now if it was open.
  synchronized boolean isTold() {
    if (place == Place.OPEN) {
      place = told.incrementAndGet() <= MOST_TOLD ? Place.TOLD : Place.AMONG_THE_REST;
    }
    return place == Place.TOLD;
  }

  /// Whether it takes one of the places of scopes with numbers of their own.
  boolean takesPlace() {
    return rest != null && place == Place.TOLD;
  }

  boolean isAmongTheRest() {
    return place == Place.AMONG_THE_REST;
  }

  boolean isCounted() {
    return place == Place.TOLD;
  }

  /// The counters of an event loop for scopes without numbers of their own.
  ScopeCounters rest(int loop) {
    return rest == null ? loop(loop) : rest.loop(loop);
  }

  long sum(int slot) {
    long sum = 0;
    for (int i = 0; i < loops.size(); i++) {
      sum += loops.get(i).get(slot);
    }
    return sum;
  }

  /// A histogram's buckets.
  long[] sums(int firstSlot, Buckets buckets) {
    long[] sums = new long[buckets.places()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sum(firstSlot + i);
    }
    return sums;
  }
}
