package io.clusterzone.dns.step;

import io.clusterzone.dns.config.Acl;
import io.clusterzone.zones.name.Name;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// The counts of one `acl`, by the listener of the queries. From any thread.
public final class AclCounts {
  /// The numbers of one listener; the places are made at once, so that counting allocates nothing.
  private static final class Listener {
    final LongAdder allowed = new LongAdder();
    final Map<Name, Map<Acl.Action, LongAdder>> keptOut = new HashMap<>();

    Listener(Acl acl) {
      for (Acl.Rule rule : acl.rules()) {
        for (Name zone : rule.zones()) {
          var actions = new EnumMap<Acl.Action, LongAdder>(Acl.Action.class);
          for (Acl.Action action : Acl.Action.values()) {
            actions.put(action, new LongAdder());
          }
          keptOut.put(zone, Collections.unmodifiableMap(actions));
        }
      }
    }

    LongAdder keptOut(Name zone, Acl.Action action) {
      return Objects.requireNonNull(Objects.requireNonNull(keptOut.get(zone)).get(action));
    }
  }

  private final Acl acl;
  private final ConcurrentMap<String, Listener> listeners = new ConcurrentHashMap<>();

  public AclCounts(Acl acl) {
    this.acl = acl;
  }

  public void allowed(String server) {
    listener(server).allowed.increment();
  }

  /// Counts a query that was blocked, filtered or dropped by a rule for the zone.
  public void keptOut(String server, Name zone, Acl.Action action) {
    listener(server).keptOut(zone, action).increment();
  }

  private Listener listener(String server) {
    Listener known = listeners.get(server);
    return known == null ? listeners.computeIfAbsent(server, _ -> new Listener(acl)) : known;
  }

  /// Adds the queries that passed to those of the same labels.
  void addAllowed(Map<Labels, Long> sums) {
    listeners.forEach(
        (server, counts) -> sums.merge(new Labels(server, ""), counts.allowed.sum(), Long::sum));
  }

  /// Adds the queries that were kept out in one way to those of the same labels.
  void addKeptOut(Acl.Action action, Map<Labels, Long> sums) {
    listeners.forEach((server, counts) -> {
      for (Name zone : counts.keptOut.keySet()) {
        var labels = new Labels(server, zone.toString());
        sums.merge(labels, counts.keptOut(zone, action).sum(), Long::sum);
      }
    });
  }

  /// @param zone empty where zones are not counted apart
  record Labels(String server, String zone) {}
}
