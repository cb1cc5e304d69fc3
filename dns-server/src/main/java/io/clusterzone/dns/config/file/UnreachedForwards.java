package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.text.Line;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the lines of `forward` that no question can get to: the names that they are for are not
/// those of their server block, or something before them answers for all of these.
///
/// A line is cut into the parts of it that lie in one zone of its block; it is unreached if each
/// part is. Said only of what is certain: where a name, or a response code, may slip through,
/// nothing is said.
final class UnreachedForwards {
  /// Lines of one block that are looked at; each is compared with those before it.
  private static final int MAX_LINES = 1000;

  /// A server block as it was written and as it was read.
  private record Read(List<Line> forwards, Forward forward, ServerBlock block) {}

  /// The share that a key takes from the blocks of the zones above it.
  private record Claim(BlockKey key, @Nullable Bind bind) {}

  private final Problems problems;
  private final List<Read> blocks = new ArrayList<>();
  private final Set<Claim> claims = new HashSet<>();

  /// The lines that some block needs; a snippet's line stands in several.
  private final Set<Token> reached = new HashSet<>();

  private final Map<Token, String> unreached = new LinkedHashMap<>();

  UnreachedForwards(Problems problems) {
    this.problems = problems;
  }

  void add(List<Line> lines, ServerBlock block) {
    Forward forward = block.find(Forward.class);
    if (forward != null) {
      List<Line> own = lines.stream().filter(line -> line.name().equals("forward")).toList();
      blocks.add(new Read(own, forward, block));
    }
  }

  /// Reports the lines, once all blocks have been added.
  void report(Corefile corefile) {
    if (blocks.isEmpty()) {
      return;
    }
    for (ServerBlock block : corefile.blocks()) {
      Bind bind = block.find(Bind.class);
      block.keys().forEach(key -> claims.add(new Claim(key, bind)));
    }
    for (Read read : blocks) {
      for (int i = 0; i < Math.min(MAX_LINES, read.forwards.size()); i++) {
        Token head = read.forwards.get(i).head();
        String reason = reason(read, i);
        if (reason == null) {
          reached.add(head);
        } else {
          unreached.putIfAbsent(head, reason);
        }
      }
    }
    unreached.keySet().removeAll(reached);
    unreached.forEach((head, reason) ->
        problems.add(ProblemKind.UNREACHED, head, "forward: no question gets here: " + reason));
  }

  /// Why no question gets to a line; null if one may.
  private @Nullable String reason(Read read, int index) {
    Forward.Route route = read.forward.routes().get(index);
    String reason =
        route.from().isEmpty() || read.block.keys().isEmpty()
            ? null
            : "its names are in no zone of this server block; move it to one that has them";
    for (BlockKey key : read.block.keys()) {
      for (Name from : route.from()) {
        Name part = common(key.zone(), from);
        reason = part == null ? reason : reason(read, index, key, part);
        if (part != null && reason == null) {
          return null;
        }
      }
    }
    return reason;
  }

  /// The deeper of two names, which has all that is at or below both; null if nothing is.
  private static @Nullable Name common(Name one, Name other) {
    if (one.isAtOrBelow(other)) {
      return one;
    }
    return other.isAtOrBelow(one) ? other : null;
  }

  private @Nullable String reason(Read read, int index, BlockKey key, Name part) {
    if (read.forward.routes().get(index).except().stream().anyMatch(part::isAtOrBelow)) {
      return "its own except leaves it none; make it name less";
    }
    if (isTakenByKubernetes(read.block.find(Kubernetes.class), part)) {
      return "kubernetes answers for all of its names; give kubernetes the option fallthrough";
    }
    for (int i = 0; i < index; i++) {
      if (takesAll(read.forward.routes().get(i), part)) {
        return "line %d takes them all; put this line before that one, or give that one next or except"
            .formatted(read.forwards.get(i).head().line());
      }
    }
    Name claimed = claimed(key, read.block.find(Bind.class), part);
    return claimed == null
        ? null
        : "the server block of " + claimed + " takes its names; move it there";
  }

  private static boolean isTakenByKubernetes(@Nullable Kubernetes kubernetes, Name part) {
    return kubernetes != null
        && kubernetes.zones().stream().anyMatch(part::isAtOrBelow)
        && kubernetes.fallthrough().stream().allMatch(zone -> common(zone, part) == null);
  }

  private static boolean takesAll(Forward.Route route, Name part) {
    return route.next().isEmpty()
        && !route.nextOnNodata()
        && route.from().stream().anyMatch(part::isAtOrBelow)
        && route.except().stream().allMatch(name -> common(name, part) == null);
  }

  /// The zone of another block, below that of the key, that takes all names of the part. The zone's
  /// own name does not count where DS questions for it go to the parent's block (RFC 4035 section
  /// 3.1.4.1).
  private @Nullable Name claimed(BlockKey key, @Nullable Bind bind, Name part) {
    for (Name zone = part; !zone.equals(key.zone()); zone = zone.parent()) {
      boolean whole = !zone.equals(part) || key.zone().isRoot();
      if (whole && claims.contains(new Claim(new BlockKey(zone, key.port()), bind))) {
        return zone;
      }
    }
    return null;
  }
}
