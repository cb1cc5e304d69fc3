package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.Timing;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Make before break: keeps a Service from being empty for a moment while its endpoints move from
/// one slice to another.
///
/// A change that takes the last ready address of a family from a Service, because endpoints left a
/// slice or the slice is gone, waits for [#holdNanos]: when another slice of the Service brings
/// addresses meanwhile, both go out in one batch, the new ones first; else it goes out late. An
/// endpoint that stays in its slice and is no longer ready is not moving, and never waits.
///
/// Cost: counts per Service, and the few changes that wait. Used under the lock of [KindFeed].
final class EmptyingGuard {
  /// The owner that slices are grouped by: a Service or an import has slices of its own.
  private record Owner(String namespace, String service, String importedService) {
    static Owner of(EndpointSlice slice) {
      return new Owner(slice.key().namespace(), slice.service(), slice.importedService());
    }

    boolean isNone() {
      return service.isEmpty() && importedService.isEmpty();
    }
  }

  /// Ready addresses that have been reported.
  private static final class Ready {
    private int v4;
    private int v6;

    private void add(@Nullable EndpointSlice slice, int sign) {
      if (slice != null) {
        for (var endpoint : slice.endpoints()) {
          if (endpoint.ready()) {
            for (IpAddress address : endpoint.addresses()) {
              v4 += address.isV4() ? sign : 0;
              v6 += address.isV4() ? 0 : sign;
            }
          }
        }
      }
    }
  }

  /// A change that waits. `before` is what was last reported of the slice.
  private record Held(
      EndpointSlice before, @Nullable EndpointSlice after, ClusterEvent event, long dueNanos) {}

  private final Timing timing;
  private final long holdNanos;
  private final Map<Owner, Ready> ready = new HashMap<>();
  private final Map<ObjectKey, Held> held = new LinkedHashMap<>();

  EmptyingGuard(Timing timing, long holdNanos) {
    this.timing = timing;
    this.holdNanos = holdNanos;
  }

  /// Adds the event to the batch, or keeps it for later. Either state is null where there is none.
  void change(
      @Nullable ClusterObject before,
      @Nullable ClusterObject after,
      ClusterEvent event,
      List<ClusterEvent> batch) {
    if (before instanceof EndpointSlice || after instanceof EndpointSlice) {
      slice((EndpointSlice) before, (EndpointSlice) after, event, batch);
    } else {
      batch.add(event);
    }
  }

  private void slice(
      @Nullable EndpointSlice known,
      @Nullable EndpointSlice after,
      ClusterEvent event,
      List<ClusterEvent> batch) {
    ObjectKey key = known == null ? Objects.requireNonNull(after).key() : known.key();
    Held earlier = held.remove(key);
    EndpointSlice before = earlier == null ? known : earlier.before;
    if (before != null && empties(before, after)) {
      long due = earlier == null ? timing.nanoTime() + holdNanos : earlier.dueNanos;
      held.put(key, new Held(before, after, event, due));
    } else {
      report(before, after, event, batch);
      if (after != null) {
        releaseFilled(Owner.of(after), batch);
      }
    }
  }

  /// Whether the change leaves the Service without an address in a family in which it has one.
  private boolean empties(EndpointSlice before, @Nullable EndpointSlice after) {
    Owner owner = Owner.of(before);
    boolean left =
        after == null
            || after.endpoints().size() < before.endpoints().size()
            || !Owner.of(after).equals(owner);
    if (owner.isNone() || !left) {
      return false;
    }
    Ready now = ready.getOrDefault(owner, new Ready());
    Ready then = new Ready();
    then.v4 = now.v4;
    then.v6 = now.v6;
    then.add(before, -1);
    then.add(after != null && Owner.of(after).equals(owner) ? after : null, 1);
    return (now.v4 > 0 && then.v4 == 0) || (now.v6 > 0 && then.v6 == 0);
  }

  private void report(
      @Nullable EndpointSlice before,
      @Nullable EndpointSlice after,
      ClusterEvent event,
      List<ClusterEvent> batch) {
    batch.add(event);
    count(before, -1);
    count(after, 1);
  }

  private void count(@Nullable EndpointSlice slice, int sign) {
    if (slice != null && !Owner.of(slice).isNone()) {
      Owner owner = Owner.of(slice);
      Ready of = ready.computeIfAbsent(owner, _ -> new Ready());
      of.add(slice, sign);
      if (of.v4 == 0 && of.v6 == 0) {
        ready.remove(owner);
      }
    }
  }

  /// Lets go what no longer empties that Service.
  private void releaseFilled(Owner owner, List<ClusterEvent> batch) {
    for (Iterator<Held> waiting = held.values().iterator(); waiting.hasNext(); ) {
      Held change = waiting.next();
      if (Owner.of(change.before).equals(owner) && !empties(change.before, change.after)) {
        waiting.remove();
        report(change.before, change.after, change.event, batch);
      }
    }
  }

  /// Nanoseconds until the first change that waits is due; [Long#MAX_VALUE] if none waits.
  long untilDue() {
    long first = Long.MAX_VALUE;
    long now = timing.nanoTime();
    for (Held change : held.values()) {
      first = Math.min(first, Math.max(0, change.dueNanos - now));
    }
    return first;
  }

  /// Adds what has waited long enough.
  void releaseDue(List<ClusterEvent> batch) {
    long now = timing.nanoTime();
    for (Iterator<Held> waiting = held.values().iterator(); waiting.hasNext(); ) {
      Held change = waiting.next();
      if (change.dueNanos - now <= 0) {
        waiting.remove();
        report(change.before, change.after, change.event, batch);
      }
    }
  }
}
