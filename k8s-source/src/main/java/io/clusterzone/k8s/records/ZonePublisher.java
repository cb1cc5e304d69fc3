package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterEvent.Put;
import io.clusterzone.k8s.model.ClusterEvent.Remove;
import io.clusterzone.k8s.model.ClusterEvent.Restored;
import io.clusterzone.k8s.model.ClusterEvent.Synced;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.records.Subject.NamespaceNodes;
import io.clusterzone.k8s.records.Subject.PodName;
import io.clusterzone.k8s.records.Subject.ServiceNames;
import io.clusterzone.zones.zone.Edit;
import io.clusterzone.zones.zone.ZoneTable;
import io.clusterzone.zones.zone.Zones;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns batches of events into published zones, one batch at a time: forward and reverse zones
/// become visible together. For one thread: that of [ZoneWriter], or a tool's own.
///
/// After any sequence of events the zones equal those built from the final state. An object that
/// breaks an invariant of ours is reported and keeps what it had; the others go on.
public final class ZonePublisher {
  private final SchemaOptions options;
  private final InstantSource clock;
  private final ZoneListener listener;
  private final List<SchemaZone> zones;
  private final ClusterState state;
  private final PointerWriter pointers;
  private final ServiceWriter services;
  private final NamespaceWriter namespaces;
  private final ApexWriter apexes;

  /// The kinds completely reported, and those of them that the source has heard itself.
  private final Set<Kind> known = EnumSet.noneOf(Kind.class);

  private final Set<Kind> synced = EnumSet.noneOf(Kind.class);
  private final ZoneTable table;

  /// Publishes the zones as they are before anything is known of the cluster.
  public ZonePublisher(SchemaOptions options, InstantSource clock, ZoneListener listener) {
    this.options = options;
    this.clock = clock;
    this.listener = listener;
    zones = SchemaZone.of(options);
    state = new ClusterState(options);
    // The records themselves are not kept: they are worked out again to find those that have to go,
    // and those that an address leads back to.
    Map<ServiceNames, ServiceView> published = new HashMap<>();
    pointers = new PointerWriter(options, published);
    services = new ServiceWriter(options, state, published, pointers, listener);
    namespaces = new NamespaceWriter(options, state, listener);
    apexes = new ApexWriter(options, zones, services, pointers);
    table = new ZoneTable(first());
  }

  /// The table of the published zones.
  public ZoneTable table() {
    return table;
  }

  /// Whether all kinds of objects that the options need have been reported once, if only from the
  /// snapshot.
  public boolean known() {
    return known.containsAll(options.kinds());
  }

  /// Whether kinds have been reported as they were some time ago, and not as they are.
  public boolean restored() {
    return !synced.containsAll(known);
  }

  /// Whether all of them have been reported as they are.
  public boolean synced() {
    return synced.containsAll(options.kinds());
  }

  /// The objects and the zones as they are now.
  public ClusterObjects objects() {
    return state.objects(table.current());
  }

  /// Applies a batch and publishes what it changes.
  public void apply(List<ClusterEvent> batch) {
    Set<Subject> touched = new LinkedHashSet<>();
    for (ClusterEvent event : batch) {
      learn(event, touched);
    }
    var edits = new ZoneEdits(table.current());
    for (Subject subject : touched) {
      write(subject, edits);
    }
    pointers.write(edits);
    apexes.write(touched, edits);
    for (SchemaZone zone : zones) {
      edits.synced(zone.apex(), known.containsAll(zone.kinds()));
      edits.stale(zone.apex(), zone.kinds().stream().anyMatch(this::isRestored));
    }
    publish(edits);
  }

  private boolean isRestored(Kind kind) {
    return known.contains(kind) && !synced.contains(kind);
  }

  private void learn(ClusterEvent event, Set<Subject> touched) {
    switch (event) {
      case Put(var object) when options.kinds().contains(object.kind()) -> {
        try {
          state.put(object, touched);
        } catch (RuntimeException e) {
          listener.failed(object.kind(), object.key(), e);
        }
      }
      case Remove remove when options.kinds().contains(remove.kind()) ->
          state.remove(remove, touched);
      case Restored(Kind kind) -> known.add(kind);
      case Synced(Kind kind) -> {
        known.add(kind);
        synced.add(kind);
      }
      case Put _, Remove _ -> {
        // A kind that these options do not need.
      }
    }
  }

  private void write(Subject subject, ZoneEdits edits) {
    try {
      switch (subject) {
        case NamespaceNodes nodes -> namespaces.write(nodes, edits);
        case PodName pod -> namespaces.write(pod, edits);
        case ServiceNames names -> services.write(names, edits);
      }
    } catch (RuntimeException e) {
      listener.failed(subject.kind(), subject.key(), e);
    }
  }

  private void publish(ZoneEdits edits) {
    List<Edit> finished = edits.finish(clock.instant().getEpochSecond());
    table.publish(new Zones(finished.stream().map(Edit::zone).toList()));
    List<Edit> changed = finished.stream().filter(edit -> !edit.changes().isEmpty()).toList();
    if (!changed.isEmpty()) {
      listener.published(changed);
    }
  }

  private Zones first() {
    long now = clock.instant().getEpochSecond();
    var empty = new Zones(zones.stream().map(zone -> zone.first((int) now - 1)).toList());
    var edits = new ZoneEdits(empty);
    for (SchemaZone zone : zones) {
      zone.fixedContents().forEach((owner, content) -> edits.replace(zone.apex(), owner, content));
    }
    apexes.write(Set.of(), edits);
    List<Edit> finished = edits.finish(now);
    return new Zones(finished.stream().map(Edit::zone).toList());
  }
}
