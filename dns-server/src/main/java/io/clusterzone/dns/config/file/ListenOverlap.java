package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds keys that two server blocks, or one block twice, claim on the same address. A block
/// without `bind` claims all addresses.
final class ListenOverlap {
  private static final String ALL = "";

  private final Problems problems;
  private final Map<BlockKey, List<Claim>> claims = new HashMap<>();

  /// @param address in text, [#ALL] for all of them
  private record Claim(String address, Token at) {
    boolean overlaps(String other) {
      return address.equals(other) || address.equals(ALL) || other.equals(ALL);
    }
  }

  ListenOverlap(Problems problems) {
    this.problems = problems;
  }

  void add(KeyParser.Located located, List<Directive> directives) {
    List<Claim> others = claims.computeIfAbsent(located.key(), _ -> new ArrayList<>());
    List<String> addresses = addresses(directives);
    for (Claim other : others) {
      if (addresses.stream().anyMatch(other::overlaps)) {
        problems.add(
            ProblemKind.ZONE_TWICE,
            located.at(),
            "server block \""
                + located.at().text()
                + "\": "
                + located.key()
                + " is served already, by "
                + other.at().file()
                + ":"
                + other.at().line());
        return;
      }
    }
    addresses.forEach(address -> others.add(new Claim(address, located.at())));
  }

  /// The addresses of a block in text.
  static List<String> addresses(List<Directive> directives) {
    for (Directive directive : directives) {
      if (directive instanceof Bind bind) {
        return bind.addresses().stream().map(address -> address.getHostAddress()).toList();
      }
    }
    return List.of(ALL);
  }
}
