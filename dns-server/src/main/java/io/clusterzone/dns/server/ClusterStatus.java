package io.clusterzone.dns.server;

import io.clusterzone.k8s.api.KindStatus;
import io.clusterzone.k8s.records.ZoneWriter;
import io.clusterzone.k8s.thread.LastLook;
import io.clusterzone.zones.zone.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// One cluster in the page `/status`: its source, how fresh each kind is, and its zones. Stateless.
final class ClusterStatus {
  /// Zones that are shown: a prefix may stand for hundreds.
  private static final int MOST_ZONES = 1024;

  /// An absolute path, but not that of a URL.
  private static final Pattern PATH = Pattern.compile("(?<![\\w/:.\\])])/[^\\s:;,()]+");

  private ClusterStatus() {}

  static Map<String, Object> of(Cluster cluster) {
    ClusterSource source = cluster.source();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("zone", cluster.zone().toString());
    status.put("source", source instanceof ClusterSource.Live ? "api" : "manifests");
    status.put("known", cluster.known());
    status.put("queued", cluster.queued());
    status.put("queue_limit", ZoneWriter.CAPACITY);
    status.put("kinds", source.status().stream().map(ClusterStatus::kind).toList());
    status.put("looks", source.looks().stream().map(ClusterStatus::look).toList());
    status.put(
        "zones",
        cluster.table().current().all().stream()
            .limit(MOST_ZONES)
            .map(ClusterStatus::zone)
            .toList());
    return status;
  }

  private static Map<String, Object> kind(KindStatus kind) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", kind.plural());
    status.put("synced", kind.synced());
    status.put("stale", kind.fromSnapshot());
    status.put("objects", kind.objects());
    status.put("proof_age_seconds", age(kind.lastProof()));
    status.put("problems", kind.problems().stream().map(ClusterStatus::withoutPaths).toList());
    return status;
  }

  /// Whole seconds since then; -1 if it never was.
  private static long age(Instant then) {
    return then.equals(Instant.EPOCH)
        ? -1
        : Math.max(0, Duration.between(then, Instant.now()).toSeconds());
  }

  private static Map<String, Object> look(LastLook look) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("source", look.source());
    status.put("age_seconds", look.age().toSeconds());
    status.put("late", look.isLate());
    return status;
  }

  private static Map<String, Object> zone(Zone zone) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("zone", zone.apex().toString());
    status.put("serial", Integer.toUnsignedLong(zone.serial()));
    status.put("digest", HexFormat.of().toHexDigits(zone.digest()));
    status.put("names", zone.size());
    status.put("synced", zone.synced());
    status.put("stale", zone.stale());
    return status;
  }

  /// The text of a problem with FILE for each path: it may lead to a credential.
  static String withoutPaths(String text) {
    return PATH.matcher(text).replaceAll("FILE");
  }
}
