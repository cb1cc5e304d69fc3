package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.problem.ProblemKind;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds keys that two server blocks, or one block twice, claim on the same address. A block
/// without `bind` claims all addresses.
final class ListenOverlap {
  private final Problems problems;

  /// The last claim of each key, from which the others follow.
  private final Map<BlockKey, Claim> claims = new HashMap<>();

  /// It holds no word of the file: there are thousands.
  ///
  /// @param address null for all of them
  private record Claim(
      @Nullable InetAddress address, String file, int line, @Nullable Claim before) {
    boolean overlaps(Bind bind) {
      return address == null || bind.addresses().contains(address);
    }
  }

  ListenOverlap(Problems problems) {
    this.problems = problems;
  }

  /// Adds a key of a block.
  ///
  /// @param at where it stands
  void add(BlockKey key, Token at, ServerBlock block) {
    Bind bind = block.find(Bind.class);
    Claim first = first(claims.get(key), bind);
    if (first != null) {
      report(key, at, first);
    } else if (bind == null) {
      claim(key, at, null);
    } else {
      bind.addresses().forEach(address -> claim(key, at, address));
    }
  }

  /// The first claim that a block cannot stand beside; null if there is none.
  private static @Nullable Claim first(@Nullable Claim last, @Nullable Bind bind) {
    Claim first = null;
    for (Claim claim = last; claim != null; claim = claim.before()) {
      first = bind == null || claim.overlaps(bind) ? claim : first;
    }
    return first;
  }

  private void claim(BlockKey key, Token at, @Nullable InetAddress address) {
    claims.put(key, new Claim(address, at.file(), at.line(), claims.get(key)));
  }

  private void report(BlockKey key, Token at, Claim other) {
    problems.add(
        ProblemKind.ZONE_TWICE,
        at,
        "server block \"%s\": %s is served already, by %s:%d"
            .formatted(at.text(), key, other.file(), other.line()));
  }
}
