package io.clusterzone.dns.config;

import io.clusterzone.k8s.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A whole configuration: the server blocks in the order of the file. Immutable.
public record Corefile(List<ServerBlock> blocks) {
  public Corefile {
    blocks = List.copyOf(blocks);
  }

  /// The directive of one kind in the first block that has it, or null. For directives that are
  /// about the whole process, such as `reload`.
  public <D extends Directive> @Nullable D findFirst(Class<D> kind) {
    return all(kind).findFirst().orElse(null);
  }

  /// The directives of one kind, in the order of their blocks.
  public <D extends Directive> Stream<D> all(Class<D> kind) {
    return blocks.stream()
        .flatMap(block -> block.directives().stream())
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  /// The result of reading a Corefile.
  public sealed interface Result permits Valid, Invalid {}

  /// It can be served as it stands.
  public record Valid(Corefile corefile) implements Result {}

  /// Something was wrong.
  ///
  /// @param problems every one that was found, by file, line and column; at least one is an error
  public record Invalid(List<Problem> problems) implements Result {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
