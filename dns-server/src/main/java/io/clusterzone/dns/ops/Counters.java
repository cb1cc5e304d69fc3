package io.clusterzone.dns.ops;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The counters of a whole server: one [LoopCounters] per event loop, summed when somebody reads.
/// Safe on any thread.
///
/// Scopes only come, so that no total ever goes back: what a configuration that is gone counted
/// stays, and goes on when its scope comes back.
public final class Counters {
  private final CopyOnWriteArrayList<Scope> scopes = new CopyOnWriteArrayList<>();
  private final List<LoopCounters> loops;

  public Counters(int loopCount, Collection<Scope> scopes) {
    include(scopes);
    List<LoopCounters> made = new ArrayList<>();
    for (int i = 0; i < loopCount; i++) {
      made.add(new LoopCounters(this.scopes));
    }
    loops = List.copyOf(made);
  }

  /// Counts by these scopes as well from now on.
  public void include(Collection<Scope> more) {
    more.forEach(scopes::addIfAbsent);
  }

  /// The counters of one event loop, to be changed by its thread alone.
  public LoopCounters loop(int index) {
    return loops.get(index);
  }

  public long sum(Event event) {
    long sum = 0;
    for (LoopCounters loop : loops) {
      sum += loop.get(event);
    }
    return sum;
  }

  /// What one event loop has counted.
  public long loopSum(int index, Event event) {
    return loops.get(index).get(event);
  }

  /// TCP connections that are open now.
  public long openConnections() {
    return sum(Event.TCP_ACCEPTED) - sum(Event.TCP_CLOSED);
  }

  /// Responses of a scope with a response code, whatever answered.
  public long responses(Scope scope, int rcode) {
    long sum = 0;
    for (Stage stage : Stage.values()) {
      sum += sum(scope, ScopeSlots.response(rcode, stage));
    }
    return sum;
  }

  /// Queries of a scope for a type.
  public long requests(Scope scope, boolean tcp, boolean ipv6, int type) {
    return sum(scope, ScopeSlots.request(tcp, ipv6, type));
  }

  /// Queries of a scope that were not let wait for an upstream.
  public long shed(Scope scope, ShedReason reason) {
    return sum(scope, ScopeSlots.shed(reason));
  }

  List<Scope> scopes() {
    return Collections.unmodifiableList(scopes);
  }

  long sum(Scope scope, int slot) {
    int index = LoopCounters.index(scopes, scope);
    long sum = 0;
    for (LoopCounters loop : loops) {
      sum += loop.get(index + slot);
    }
    return sum;
  }

  /// A histogram's buckets of a scope.
  long[] sums(Scope scope, int firstSlot, Buckets buckets) {
    long[] sums = new long[buckets.places()];
    for (int place = 0; place < sums.length; place++) {
      sums[place] = sum(scope, firstSlot + place);
    }
    return sums;
  }
}
