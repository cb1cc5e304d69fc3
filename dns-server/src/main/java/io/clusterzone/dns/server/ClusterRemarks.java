package io.clusterzone.dns.server;

import io.clusterzone.k8s.api.KindStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The lines of `/ready` on a live cluster, beside whether it is ready: the kinds that are not
/// known and why, and the age of the others. None while all is well. Safe on any thread.
final class ClusterRemarks implements Supplier<List<String>> {
  /// A watch proves itself by a bookmark about once a minute where its kind changes or the server
  /// hears of its store's progress; else the check for drift does, every five minutes. A state that
  /// is not proven for longer is worth a word.
  private static final Duration PROVEN_LATELY = Duration.ofMinutes(6);

  private final String name;
  private final Supplier<List<KindStatus>> kinds;
  private final InstantSource clock;

  /// @param several whether there are others, so that its zone must be named
  static ClusterRemarks of(Cluster cluster, boolean several) {
    String name = several ? "kubernetes " + cluster.zone() : "kubernetes";
    return new ClusterRemarks(name, cluster.source()::status, InstantSource.system());
  }

  ClusterRemarks(String name, Supplier<List<KindStatus>> kinds, InstantSource clock) {
    this.name = name;
    this.kinds = kinds;
    this.clock = clock;
  }

  @Override
  public List<String> get() {
    List<String> lines = new ArrayList<>();
    Instant now = clock.instant();
    for (KindStatus kind : kinds.get()) {
      String remark = remark(kind, now);
      if (!remark.isEmpty()) {
        lines.add(name + ": " + kind.plural() + " " + remark);
      }
    }
    return lines;
  }

  private static String remark(KindStatus kind, Instant now) {
    String problems = kind.problems().stream().distinct().collect(Collectors.joining("; "));
    if (!kind.synced() && !kind.fromSnapshot()) {
      return problems.isEmpty() ? "are being learnt" : "not known: " + problems;
    }
    Duration age = Duration.between(kind.lastProof(), now);
    if (problems.isEmpty() && kind.synced() && age.compareTo(PROVEN_LATELY) < 0) {
      return "";
    }
    return (kind.synced() ? "" : "of the snapshot, ")
        + "last proven fresh "
        + Math.max(0, age.toSeconds())
        + " s ago"
        + (problems.isEmpty() ? "" : " (" + problems + ")");
  }
}
