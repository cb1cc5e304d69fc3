package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Line;
import io.clusterzone.k8s.problem.ProblemKind;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One line of the table of directives: what the reference says of it, and how the lines of one
/// server block become its record.
public record DirectiveSpec(Manual manual, BiFunction<List<Line>, BlockContext, Directive> reader) {

  public String name() {
    return manual.name();
  }

  /// A directive whose line may stand once in a server block. A second line that says the same, as
  /// an import may bring along, does no harm.
  static DirectiveSpec once(Manual manual, BiFunction<Arguments, BlockContext, Directive> reader) {
    return new DirectiveSpec(
        manual,
        (lines, context) -> {
          Directive first = reader.apply(context.arguments(lines.getFirst()), context);
          for (Line line : lines.subList(1, lines.size())) {
            Arguments arguments = context.arguments(line);
            if (!reader.apply(arguments, context).equals(first)) {
              arguments.problem(
                  ProblemKind.CONFLICT,
                  "a server block may have it once, and line "
                      + lines.getFirst().head().line()
                      + " says something else");
            }
          }
          return first;
        });
  }

  /// A directive that may have several lines.
  static <T> DirectiveSpec each(
      Manual manual,
      BiFunction<Arguments, BlockContext, T> reader,
      Function<List<T>, Directive> all) {
    return new DirectiveSpec(
        manual,
        (lines, context) ->
            all.apply(
                lines.stream()
                    .map(line -> reader.apply(context.arguments(line), context))
                    .toList()));
  }

  /// A directive that is only its name.
  static DirectiveSpec flag(Manual manual, Directive directive) {
    return once(
        manual,
        (arguments, _) -> {
          arguments.hasOnlyItsName();
          arguments.hasNoBlock();
          return directive;
        });
  }
}
