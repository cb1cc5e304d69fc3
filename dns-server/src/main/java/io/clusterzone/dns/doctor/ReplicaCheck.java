package io.clusterzone.dns.doctor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether all replicas hold the same records, by the digests of their zones. A difference counts
/// if it is still there when they are asked again, twice: a change reaches one before the other.
final class ReplicaCheck implements Check {
  private static final int LOOKS = 3;

  @Override
  public Section section() {
    return Section.REPLICAS;
  }

  @Override
  public void look(Look look, Findings findings) throws InterruptedException {
    Replicas replicas = Replicas.of(look);
    if (replicas.size() < 2) {
      findings.skipped("replicas", "fewer than two are known: " + replicas.why());
      return;
    }
    Map<String, Map<String, Set<String>>> differing = new TreeMap<>();
    Map<String, Map<String, Set<String>>> seen = new TreeMap<>();
    for (int i = 0; i < LOOKS && (i == 0 || !differing.isEmpty()); i++) {
      if (i > 0) {
        Thread.sleep(look.here().again());
      }
      seen = replicas.read();
      differing = new TreeMap<>(seen);
      differing.values().removeIf(byDigest -> byDigest.size() == 1);
    }
    replicas.unread().forEach((replica, why) -> findings.skipped("replica " + replica, why));
    for (var zone : seen.entrySet()) {
      tell(zone.getKey(), zone.getValue(), replicas, findings);
    }
  }

  private static void tell(
      String zone, Map<String, Set<String>> byDigest, Replicas replicas, Findings findings) {
    String what = replicas.unit();
    if (byDigest.size() == 1) {
      int count = byDigest.values().iterator().next().size();
      String text = count + " with the same " + what + " " + byDigest.keySet().iterator().next();
      if (count > 1) {
        findings.passed("zone " + zone, text);
      } else {
        findings.skipped("zone " + zone, "one replica alone could be read");
      }
      return;
    }
    String text =
        byDigest.entrySet().stream()
            .map(entry -> String.join(", ", entry.getValue()) + " has " + entry.getKey())
            .collect(Collectors.joining("; "));
    if (replicas.isByDigest()) {
      findings.failed(
          "zone " + zone,
          "their " + what + "s differ: " + text,
          "see freshness and the log of each; clusterzone compare --with ONE --against OTHER shows"
              + " the records, and a restart reads all anew");
    } else {
      findings.skipped(
          "zone " + zone,
          "only serials could be seen, and each replica counts its own: "
              + text
              + "; let this reach their pages admin or prometheus");
    }
  }

  /// The replicas by what they have of each zone.
  static Map<String, Map<String, Set<String>>> grouped(
      Map<String, Map<String, SortedSet<String>>> byReplica) {
    Map<String, Map<String, Set<String>>> zones = new TreeMap<>();
    Set<String> names = new TreeSet<>();
    byReplica.values().forEach(each -> names.addAll(each.keySet()));
    byReplica.forEach((replica, digests) ->
        names.forEach(zone -> {
          Set<String> found = digests.getOrDefault(zone, new TreeSet<>());
          String digest = found.isEmpty() ? "no such zone" : String.join("+", List.copyOf(found));
          zones
              .computeIfAbsent(zone, _ -> new TreeMap<>())
              .computeIfAbsent(digest, _ -> new TreeSet<>())
              .add(replica);
        }));
    return zones;
  }
}
