package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.records.Subject.ServiceNames;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Content;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings the names of Services in line with the cluster, in all their zones. For the zone writer's
/// thread only.
final class ServiceWriter {
  /// The most lines on one change of one Service, which may have a thousand endpoints.
  private static final int MOST_REPORTED = 10;

  private final SchemaOptions options;
  private final ClusterState state;
  private final Map<ServiceNames, ServiceView> published;
  private final PointerWriter pointers;
  private final ZoneListener listener;

  ServiceWriter(
      SchemaOptions options,
      ClusterState state,
      Map<ServiceNames, ServiceView> published,
      PointerWriter pointers,
      ZoneListener listener) {
    this.options = options;
    this.state = state;
    this.published = published;
    this.pointers = pointers;
    this.listener = listener;
  }

  /// The records of a Service in one zone, before and after.
  private record Step(Name apex, ServiceRecords before, ServiceRecords after) {
    void apply(ZoneEdits edits) {
      before
          .contents()
          .forEach((owner, _) -> {
            if (!after.contents().containsKey(owner)) {
              edits.replace(apex, owner, Content.ABSENT);
            }
          });
      after
          .contents()
          .forEach((owner, content) -> {
            if (!content.equals(before.contents().get(owner))) {
              edits.replace(apex, owner, content);
            }
          });
    }

    void undo(ZoneEdits edits) {
      new Step(apex, after, before).apply(edits);
    }
  }

  void write(ServiceNames names, ZoneEdits edits) {
    ServiceView before = published.get(names);
    ServiceView after = state.view(names);
    if (Objects.equals(before, after)) {
      return;
    }
    List<Step> steps = new ArrayList<>();
    for (Name apex : zones(names.kind())) {
      steps.add(new Step(apex, records(before, apex), records(after, apex)));
    }
    applyAll(steps, edits);
    if (names.kind() == Kind.SERVICE) {
      Step primary = steps.getFirst();
      pointers.replace(key(before, after), primary.before().pointers(), primary.after().pointers());
    }
    if (after == null) {
      published.remove(names);
    } else {
      published.put(names, after);
    }
    report(names, steps);
  }

  /// Tells what is left out now and was not before: some, and how many more there are.
  private void report(ServiceNames names, List<Step> steps) {
    Set<String> news = new LinkedHashSet<>();
    steps.forEach(step -> news.addAll(step.after().skipped()));
    steps.forEach(step -> news.removeAll(step.before().skipped()));
    news.stream()
        .limit(MOST_REPORTED)
        .forEach(why -> listener.skipped(names.kind(), names.key(), why));
    if (news.size() > MOST_REPORTED) {
      String more = "and %d more parts of it have no record".formatted(news.size() - MOST_REPORTED);
      listener.skipped(names.kind(), names.key(), more);
    }
  }

  /// The very key that the Service has, and not one that each change makes anew: it is kept.
  private static ObjectKey key(@Nullable ServiceView before, @Nullable ServiceView after) {
    return Objects.requireNonNull(after == null ? before : after).object().key();
  }

  /// The names by which a Service is a name server of the zone, with their contents.
  Map<Name, Content> nameServers(ServiceNames names, Name apex) {
    ServiceRecords records = records(published.get(names), apex);
    return records.nameServers().stream()
        .collect(
            Collectors.toMap(
                Function.identity(), name -> records.contents().getOrDefault(name, Content.EMPTY)));
  }

  /// All or nothing: a Service that breaks an invariant stays as it was.
  private static void applyAll(List<Step> steps, ZoneEdits edits) {
    try {
      for (Step step : steps) {
        step.apply(edits);
      }
    } catch (RuntimeException e) {
      for (Step step : steps) {
        step.undo(edits);
      }
      throw e;
    }
  }

  private List<Name> zones(Kind kind) {
    return kind == Kind.SERVICE ? options.forwardZones() : options.multiclusterZones();
  }

  private ServiceRecords records(@Nullable ServiceView view, Name apex) {
    return view == null ? ServiceRecords.NONE : new ServiceSchema(view, apex, options).records();
  }
}
