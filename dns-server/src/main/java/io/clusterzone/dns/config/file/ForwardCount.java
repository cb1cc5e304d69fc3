package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Loop;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/// Counts the server blocks of a Corefile that forward: only so many fit into the heap.
///
/// While a Corefile is taken in place of another, the blocks of both may be there, so they get no
/// more than a part of the heap ([io.clusterzone.k8s.file.Limit]).
final class ForwardCount {
  /// Octets of heap that a block with `forward` takes, with its other directives; measured: 2,700
  /// with one upstream, 4,700 with two, `errors` and `log`.
  private static final int BLOCK = 2_500;

  private static final int UPSTREAM = 1_000;

  /// Octets that a look for a loop takes while an upstream is asked; all are asked at once.
  private static final int LOOP_PROBE = 8 << 10;

  private final Problems problems;
  private final long limit;
  private long octets;
  private int blocks;
  private int most;
  private @Nullable Token excess;

  /// @param limit octets of heap that all may take
  ForwardCount(Problems problems, long limit) {
    this.problems = problems;
    this.limit = limit;
  }

  void add(Token at, ServerBlock block) {
    Forward forward = block.find(Forward.class);
    if (forward == null) {
      return;
    }
    long upstreams = forward.routes().stream().mapToLong(route -> route.upstreams().size()).sum();
    octets += BLOCK + upstreams * (UPSTREAM + (block.has(Loop.class) ? LOOP_PROBE : 0));
    blocks++;
    if (excess == null && octets > limit) {
      excess = at;
      most = blocks - 1;
    }
  }

  /// Adds a problem if there are more than fit.
  void check() {
    if (excess != null) {
      problems.add(
          ProblemKind.TOO_MANY_FORWARDS,
          excess,
          """
          server block "%s": the file has %,d server blocks with forward, and %,d fit into the heap; \
          give it more memory, or put zones that are forwarded alike into one block\
          """
              .formatted(excess.text(), blocks, most));
    }
  }
}
