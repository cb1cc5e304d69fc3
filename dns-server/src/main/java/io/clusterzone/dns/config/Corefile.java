package io.clusterzone.dns.config;

import io.clusterzone.k8s.source.Problem;
import java.util.List;

/// A whole configuration: the server blocks in the order of the file. Immutable.
public record Corefile(List<ServerBlock> blocks) {
  public Corefile {
    blocks = List.copyOf(blocks);
  }

  /// What reading a Corefile came to.
  public sealed interface Result permits Valid, Invalid {}

  /// Nothing was wrong.
  public record Valid(Corefile corefile) implements Result {}

  /// Something was wrong.
  ///
  /// @param problems every one that was found, by file, line and column; never empty
  public record Invalid(List<Problem> problems) implements Result {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
