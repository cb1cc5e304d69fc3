package io.clusterzone.dns.ops;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// How it stands with the clusters that are followed.
///
/// @param clusters reads all of them, at each scrape
/// @param visible how long changes took from their arrival until they could be asked for
public record KubernetesMetrics(Supplier<List<Cluster>> clusters, Histogram visible)
    implements MetricSource {
  private static final String PREFIX = "clusterzone_kubernetes_";

  /// A cluster at one moment.
  ///
  /// @param scope the first server block that answers from it
  /// @param queued objects that have changes waiting
  /// @param queueLimit how many may wait before its sources have to
  /// @param kinds that are watched; none where manifests stand for the cluster
  /// @param snapshot null where none is kept
  /// @param made null where no manifests stand for the cluster
  public record Cluster(
      Scope scope,
      long queued,
      long queueLimit,
      List<Kind> kinds,
      @Nullable Snapshot snapshot,
      @Nullable Made made) {
    private String labels() {
      return MetricText.labels("server", scope.server(), "zone", scope.zone());
    }

    private String labels(Kind kind) {
      return labels(kind.name);
    }

    private String labels(String kind) {
      return MetricText.labels("server", scope.server(), "zone", scope.zone(), "kind", kind);
    }

    private String labels(Kind kind, String reason) {
      return labels(kind) + "," + MetricText.labels("reason", reason);
    }
  }

  /// One kind of objects at one moment. Times are seconds since 1970, 0 for never.
  ///
  /// @param name as permissions have it
  /// @param relists by reason
  public record Kind(
      String name,
      boolean synced,
      boolean fromSnapshot,
      long problems,
      long objects,
      long heldBytes,
      long receivedBytes,
      long events,
      long unusable,
      long watches,
      long drift,
      Map<String, Long> relists,
      long lastEventSeconds,
      long lastProofSeconds,
      long lastCleanCheckSeconds) {
    public Kind {
      relists = Map.copyOf(relists);
    }
  }

  /// How many objects have made-up addresses at one moment.
  public record Made(long services, long pods) {}

  /// What there is on disk at one moment.
  ///
  /// @param timeSeconds as of when it is, since 1970; 0 where there is none
  /// @param failures times that it could not be written
  public record Snapshot(long timeSeconds, long bytes, long failures) {}

  @Override
  public void writeTo(MetricText text) {
    List<Cluster> all = clusters.get();
    gauge(text, all, "objects", "Objects known.", Kind::objects);
    gauge(
        text,
        all,
        "held_bytes",
        "Octets of the names, addresses and ports of the objects known, without what Java adds.",
        Kind::heldBytes);
    gauge(
        text,
        all,
        "synced",
        "1 once all were read from the API server.",
        kind -> flag(kind.synced));
    gauge(
        text,
        all,
        "from_snapshot",
        "1 while answers come from the snapshot: the API server has not been heard.",
        kind -> flag(kind.fromSnapshot));
    gauge(text, all, "problems", "Watches that something stands in the way of.", Kind::problems);
    gauge(
        text,
        all,
        "last_event_timestamp_seconds",
        "When something last changed, since 1970.",
        Kind::lastEventSeconds);
    gauge(
        text,
        all,
        "last_proof_timestamp_seconds",
        "When what is served was last proven to be what the API server has, since 1970.",
        Kind::lastProofSeconds);
    gauge(
        text,
        all,
        "last_clean_check_timestamp_seconds",
        "When a check last found no drift, since 1970.",
        Kind::lastCleanCheckSeconds);
    counter(text, all, "received_bytes_total", "Octets of lists and watches.", Kind::receivedBytes);
    counter(text, all, "events_total", "Changes received.", Kind::events);
    counter(text, all, "unusable_events_total", "Changes passed over.", Kind::unusable);
    counter(text, all, "watches_total", "Watches begun, the first included.", Kind::watches);
    counter(text, all, "drift_total", "Objects found to differ at a check.", Kind::drift);
    writeRelists(text, all);
    writeQueues(text, all);
    writeSnapshots(text, all);
    writeMade(text, all);
    text.histogram(
        PREFIX + "publication_duration_seconds",
        "Time from the arrival of a change until it could be asked for.");
    visible.writeTo(text, "");
  }

  private static long flag(boolean value) {
    return value ? 1 : 0;
  }

  private static void gauge(
      MetricText text, List<Cluster> all, String name, String help, ToLongFunction<Kind> value) {
    text.gauge(PREFIX + name, help);
    write(text, all, value);
  }

  private static void counter(
      MetricText text, List<Cluster> all, String name, String help, ToLongFunction<Kind> value) {
    text.counter(PREFIX + name, help);
    write(text, all, value);
  }

  private static void write(MetricText text, List<Cluster> all, ToLongFunction<Kind> value) {
    for (Cluster cluster : all) {
      for (Kind kind : cluster.kinds) {
        text.sample(cluster.labels(kind), value.applyAsLong(kind));
      }
    }
  }

  private static void writeRelists(MetricText text, List<Cluster> all) {
    text.counter(PREFIX + "relists_total", "Times that all were read, by why.");
    for (Cluster cluster : all) {
      for (Kind kind : cluster.kinds) {
        kind.relists.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(
                relists -> text.sample(cluster.labels(kind, relists.getKey()), relists.getValue()));
      }
    }
  }

  private static void writeQueues(MetricText text, List<Cluster> all) {
    text.gauge(PREFIX + "queue_length", "Objects that have changes waiting to be published.");
    all.forEach(cluster -> text.sample(cluster.labels(), cluster.queued));
    text.gauge(PREFIX + "queue_limit", "How many may wait before watches are held back.");
    all.forEach(cluster -> text.sample(cluster.labels(), cluster.queueLimit));
  }

  private static void writeMade(MetricText text, List<Cluster> all) {
    text.gauge(
        "clusterzone_manifest_made_addresses",
        "Objects of manifests that have made-up addresses, by kind.");
    for (Cluster cluster : all) {
      if (cluster.made != null) {
        text.sample(cluster.labels("Service"), cluster.made.services);
        text.sample(cluster.labels("Pod"), cluster.made.pods);
      }
    }
  }

  private static void writeSnapshots(MetricText text, List<Cluster> all) {
    text.gauge(
        PREFIX + "snapshot_timestamp_seconds",
        "As of when the snapshot on disk is, since 1970; 0: there is none.");
    writeSnapshots(text, all, Snapshot::timeSeconds);
    text.gauge(PREFIX + "snapshot_bytes", "The size of the snapshot on disk.");
    writeSnapshots(text, all, Snapshot::bytes);
    text.counter(PREFIX + "snapshot_failures_total", "Times that it could not be written.");
    writeSnapshots(text, all, Snapshot::failures);
  }

  private static void writeSnapshots(
      MetricText text, List<Cluster> all, ToLongFunction<Snapshot> value) {
    for (Cluster cluster : all) {
      if (cluster.snapshot != null) {
        text.sample(cluster.labels(), value.applyAsLong(cluster.snapshot));
      }
    }
  }
}
