package io.clusterzone.dns.ops;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;

/// The counters of one event loop: plain numbers which its thread alone adds to, and which any
/// thread may read.
///
/// There is one writer, so an addition needs no atomic instruction; opaque access keeps readers
/// from seeing a torn or an eternally stale number.
///
/// ```
///   | events | first scope: requests, responses, ... | second scope | ...
/// ```
public final class LoopCounters {
  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int EVENTS = Event.values().length;
  private static final int SIZE_PLACES = Buckets.SIZE.places();
  private static final int DURATION_PLACES = Buckets.DURATION.places();

  /// Shared by all event loops; grows at its end.
  private final List<Scope> scopes;

  /// Replaced by a longer one when there are more scopes.
  private volatile long[] numbers;

  LoopCounters(List<Scope> scopes) {
    this.scopes = scopes;
    this.numbers = new long[EVENTS + scopes.size() * ScopeSlots.COUNT];
  }

  /// Where the numbers of a scope begin: what the methods below take as `scope`. Called by the
  /// loop's thread.
  ///
  /// @throws IllegalArgumentException if it is not among the scopes of these counters
  public int indexOf(Scope scope) {
    int index = index(scopes, scope);
    if (numbers.length < index + ScopeSlots.COUNT) {
      numbers = Arrays.copyOf(numbers, index + ScopeSlots.COUNT);
    }
    return index;
  }

  static int index(List<Scope> scopes, Scope scope) {
    int position = scopes.indexOf(scope);
    if (position < 0) {
      throw new IllegalArgumentException("not counted: " + scope);
    }
    return EVENTS + position * ScopeSlots.COUNT;
  }

  public void increment(Event event) {
    add(event.slot(), 1);
  }

  public void add(Event event, long amount) {
    add(event.slot(), amount);
  }

  /// Counts a query that parses.
  public void request(
      int scope, boolean tcp, boolean ipv6, int type, boolean dnssecOk, int octets) {
    add(scope + ScopeSlots.request(tcp, ipv6, type), 1);
    size(scope + ScopeSlots.requestSizes(tcp), octets);
    if (dnssecOk) {
      add(scope + ScopeSlots.DNSSEC_OK, 1);
    }
  }

  public void response(int scope, boolean tcp, int rcode, Stage stage, int octets) {
    add(scope + ScopeSlots.response(rcode, stage), 1);
    size(scope + ScopeSlots.responseSizes(tcp), octets);
  }

  /// Counts a query that was not let wait for an upstream.
  public void shed(int scope, ShedReason reason) {
    add(scope + ScopeSlots.shed(reason), 1);
  }

  /// Counts how long a query took, from its arrival to its response.
  public void duration(int scope, long nanos) {
    int first = scope + ScopeSlots.DURATIONS;
    add(first + BucketIndex.ofDuration(nanos), 1);
    add(first + DURATION_PLACES, nanos);
  }

  private void size(int first, int octets) {
    add(first + BucketIndex.ofSize(octets), 1);
    add(first + SIZE_PLACES, octets);
  }

  long get(Event event) {
    return get(event.slot());
  }

  /// 0 where nothing has been counted yet.
  long get(int slot) {
    long[] now = numbers;
    return slot < now.length ? (long) NUMBER.getOpaque(now, slot) : 0;
  }

  private void add(int slot, long amount) {
    long[] now = numbers;
    NUMBER.setOpaque(now, slot, now[slot] + amount);
  }
}
