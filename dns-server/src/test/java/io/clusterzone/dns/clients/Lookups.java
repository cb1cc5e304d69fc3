package io.clusterzone.dns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The questions to a [Resolver] and its finds; `lookup.c` describes both.
final class Lookups {
  private Lookups() {}

  /// One row a line: what is asked, and what is found.
  static Map<String, String> table(String text) {
    Map<String, String> rows = new TreeMap<>();
    text.lines().map(line -> line.split(" +", 2)).forEach(row -> rows.put(row[0], row[1]));
    return rows;
  }

  /// What the resolver that `command` runs finds in the namespace of a pod.
  static Map<String, String> found(
      PodNetwork pod, boolean tcp, List<String> command, Set<String> lookups) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.addAll(lookups);
    List<String> lines = pod.run(tcp, all).lines();
    assertThat(lines).hasSameSizeAs(lookups);
    Map<String, String> found = new TreeMap<>();
    for (String lookup : lookups) {
      found.put(lookup, lines.get(found.size()));
    }
    return found;
  }
}
