package io.clusterzone.dns.server;

import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.k8s.api.KindStatus;
import io.clusterzone.k8s.api.RelistReason;
import io.clusterzone.k8s.api.snapshot.SnapshotStatus;
import io.clusterzone.k8s.made.MadeCounts;
import io.clusterzone.k8s.records.ZoneWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The state of the clusters that are followed.
///
/// @param clusters reads all of them, at each scrape
public record KubernetesMetrics(Supplier<List<Followed>> clusters) implements MetricSource {
  private static final String PREFIX = "clusterzone_kubernetes_";

  /// A cluster at one moment.
  ///
  /// @param scope the first server block that answers from it
  /// @param queued objects that have changes waiting
  /// @param kinds that are watched; none where manifests stand for the cluster
  /// @param snapshot null where none is kept
  /// @param made null where no manifests stand for the cluster
  public record Followed(
      Scope scope,
      int queued,
      List<KindStatus> kinds,
      @Nullable SnapshotStatus snapshot,
      @Nullable MadeCounts made) {
    Followed(Scope scope, int queued, ClusterSource source) {
      this(scope, queued, source.status(), source.snapshot(), source.made());
    }

    private String labels() {
      return MetricText.labels("server", scope.server(), "zone", scope.zone());
    }

    private String labels(String kind) {
      return labels() + "," + MetricText.labels("kind", kind);
    }
  }

  @Override
  public void writeTo(MetricText text) {
    List<Followed> all = clusters.get();
    text.gauge(PREFIX + "objects", "Objects known.");
    kinds(text, all, KindStatus::objects);
    text.gauge(
        PREFIX + "held_bytes",
        "Octets of the names, addresses and ports of the objects known, without what Java adds.");
    kinds(text, all, KindStatus::heldOctets);
    text.gauge(PREFIX + "synced", "1 once all were read from the API server.");
    kinds(text, all, kind -> kind.synced() ? 1 : 0);
    text.gauge(
        PREFIX + "from_snapshot",
        "1 while answers come from the snapshot: the API server has not been heard.");
    kinds(text, all, kind -> kind.fromSnapshot() ? 1 : 0);
    text.gauge(PREFIX + "problems", "Watches that something stands in the way of.");
    kinds(text, all, kind -> kind.problems().size());
    text.gauge(PREFIX + "last_event_timestamp_seconds", "When something last changed, since 1970.");
    kinds(text, all, kind -> kind.lastEvent().getEpochSecond());
    text.gauge(
        PREFIX + "last_proof_timestamp_seconds",
        "When what is served was last proven to be what the API server has, since 1970.");
    kinds(text, all, kind -> kind.lastProof().getEpochSecond());
    text.gauge(
        PREFIX + "last_clean_check_timestamp_seconds",
        "When a check last found no drift, since 1970.");
    kinds(text, all, kind -> kind.lastCleanCheck().getEpochSecond());
    text.counter(PREFIX + "received_bytes_total", "Octets of lists and watches.");
    kinds(text, all, KindStatus::receivedOctets);
    text.counter(PREFIX + "events_total", "Changes received.");
    kinds(text, all, KindStatus::events);
    text.counter(PREFIX + "unusable_events_total", "Changes passed over.");
    kinds(text, all, KindStatus::unusable);
    text.counter(PREFIX + "watches_total", "Watches begun, the first included.");
    kinds(text, all, KindStatus::watches);
    text.counter(PREFIX + "drift_total", "Objects found to differ at a check.");
    kinds(text, all, KindStatus::drift);
    relists(text, all);
    text.gauge(PREFIX + "queue_length", "Objects that have changes waiting to be published.");
    all.forEach(cluster -> text.sample(cluster.labels(), cluster.queued));
    text.gauge(PREFIX + "queue_limit", "How many may wait before watches are held back.");
    all.forEach(cluster -> text.sample(cluster.labels(), ZoneWriter.CAPACITY));
    text.gauge(
        PREFIX + "snapshot_timestamp_seconds",
        "As of when the snapshot on disk is, since 1970; 0: there is none.");
    snapshots(text, all, snapshot -> snapshot.time().getEpochSecond());
    text.gauge(PREFIX + "snapshot_bytes", "The size of the snapshot on disk.");
    snapshots(text, all, SnapshotStatus::octets);
    text.counter(PREFIX + "snapshot_failures_total", "Times that it could not be written.");
    snapshots(text, all, SnapshotStatus::failures);
    made(text, all);
  }

  private static void kinds(MetricText text, List<Followed> all, ToLongFunction<KindStatus> value) {
    for (Followed cluster : all) {
      for (KindStatus kind : cluster.kinds) {
        text.sample(cluster.labels(kind.plural()), value.applyAsLong(kind));
      }
    }
  }

  private static void relists(MetricText text, List<Followed> all) {
    text.counter(PREFIX + "relists_total", "Times that all were read, by why.");
    for (Followed cluster : all) {
      for (KindStatus kind : cluster.kinds) {
        Stream.of(RelistReason.values())
            .sorted(Comparator.comparing(RelistReason::name))
            .forEach(reason ->
                text.sample(
                    cluster.labels(kind.plural())
                        + ","
                        + MetricText.labels("reason", reason.name().toLowerCase(Locale.ROOT)),
                    kind.relists(reason)));
      }
    }
  }

  private static void snapshots(
      MetricText text, List<Followed> all, ToLongFunction<SnapshotStatus> value) {
    for (Followed cluster : all) {
      if (cluster.snapshot != null) {
        text.sample(cluster.labels(), value.applyAsLong(cluster.snapshot));
      }
    }
  }

  private static void made(MetricText text, List<Followed> all) {
    text.gauge(
        "clusterzone_manifest_made_addresses",
        "Objects of manifests that have made-up addresses, by kind.");
    for (Followed cluster : all) {
      if (cluster.made != null) {
        text.sample(cluster.labels("Service"), cluster.made.services());
        text.sample(cluster.labels("Pod"), cluster.made.pods());
      }
    }
  }
}
