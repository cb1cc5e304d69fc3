package io.clusterzone.dns.ops;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The counters of a whole server: one [LoopCounters] per event loop, summed when they are read.
/// Safe on any thread.
///
/// A scope comes and goes with the configuration: one that stays keeps its numbers, one that has
/// gone takes them along, and begins at zero when it comes back.
public final class Counters {
  private static final Comparator<CountedScope> BY_SCOPE =
      Comparator.comparing((CountedScope counted) -> counted.scope().server())
          .thenComparing(counted -> counted.scope().zone());

  private final List<LoopCounters> loops;

  /// Scopes that have numbers of their own, but for those that every listener has.
  private final AtomicInteger told = new AtomicInteger();

  /// Changed under the lock of this, one by one: of thousands few come or go.
  private final Map<Scope, CountedScope> scopes = new ConcurrentHashMap<>();

  /// The number of calls that said which scopes are kept.
  private long rounds;

  public Counters(int loopCount, Collection<Scope> scopes) {
    List<LoopCounters> made = new ArrayList<>();
    for (int i = 0; i < loopCount; i++) {
      made.add(new LoopCounters(this, i));
    }
    loops = List.copyOf(made);
    include(scopes);
  }

  /// Counts by these scopes as well from now on. One without numbers of its own before may get them
  /// now, once its counters are asked for.
  public synchronized void include(Collection<Scope> more) {
    for (Scope scope : more) {
      CountedScope rest =
          scopes.computeIfAbsent(
              Scope.rest(scope.server()), of -> new CountedScope(of, loops.size(), told, null));
      CountedScope known = scopes.get(scope);
      if (known == null || known.isAmongTheRest()) {
        CountedScope common = scope.isOfListener() ? null : rest;
        scopes.put(scope, new CountedScope(scope, loops.size(), told, common));
      }
    }
  }

  /// Counts by these scopes alone from now on.
  public synchronized void retain(Collection<Scope> kept) {
    rounds++;
    for (Scope scope : kept) {
      keep(scope);
      keep(Scope.rest(scope.server()));
    }
    scopes.values().removeIf(counted -> counted.kept != rounds);
    told.set((int) scopes.values().stream().filter(CountedScope::takesPlace).count());
  }

  private void keep(Scope scope) {
    CountedScope counted = scopes.get(scope);
    if (counted != null) {
      counted.kept = rounds;
    }
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

  /// The sums over all scopes that have numbers.
  public QueryTotals totals() {
    Map<String, Long> responses = new LinkedHashMap<>();
    Map<String, Long> requests = new LinkedHashMap<>();
    for (CountedScope scope : scopes.values()) {
      if (scope.isCounted()) {
        DnsMetrics.addResponses(scope, responses);
        DnsMetrics.addRequests(scope, requests);
      }
    }
    return new QueryTotals(responses, requests);
  }

  /// TCP connections that are open now.
  public long openConnections() {
    return sum(Event.TCP_ACCEPTED) - sum(Event.TCP_CLOSED);
  }

  /// @throws IllegalArgumentException if it is not among the scopes
  CountedScope counted(Scope scope) {
    CountedScope counted = scopes.get(scope);
    if (counted == null) {
      throw new IllegalArgumentException("not counted: " + scope);
    }
    return counted;
  }

  /// The scopes that have numbers of their own, by listener and zone.
  List<CountedScope> counted() {
    return scopes.values().stream().filter(CountedScope::isCounted).sorted(BY_SCOPE).toList();
  }

  /// Scopes that have numbers of their own now, at most [CountedScope#MOST_TOLD].
  long told() {
    return Math.min(told.get(), CountedScope.MOST_TOLD);
  }
}
