package io.clusterzone.k8s.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One line that a person reads: a problem, or many of one kind.
///
/// @param place `file:line:column`; empty for many
public record ProblemLine(ProblemKind kind, String place, String text) {
  private static final int MAX_NAMES = 10;

  /// The lines for these problems: those with a line each in their order, then one line for each
  /// kind of which there are many.
  public static List<ProblemLine> of(List<Problem> problems) {
    Map<ProblemKind, List<Problem>> byKind = new LinkedHashMap<>();
    problems.forEach(
        problem -> byKind.computeIfAbsent(problem.kind(), _ -> new ArrayList<>()).add(problem));
    List<ProblemLine> lines = new ArrayList<>();
    for (Problem problem : problems) {
      if (!isMany(byKind.getOrDefault(problem.kind(), List.of()))) {
        lines.add(new ProblemLine(problem.kind(), problem.place(), problem.printableMessage()));
      }
    }
    byKind.values().stream()
        .filter(ProblemLine::isMany)
        .map(ProblemLine::summary)
        .sorted(Comparator.comparing(line -> line.kind().code()))
        .forEach(lines::add);
    return lines;
  }

  private static boolean isMany(List<Problem> ofKind) {
    ProblemKind.@Nullable Summary summary = ofKind.getFirst().kind().summary();
    return summary != null && ofKind.size() > summary.singles();
  }

  private static ProblemLine summary(List<Problem> ofKind) {
    ProblemKind kind = ofKind.getFirst().kind();
    ProblemKind.@Nullable Summary summary = kind.summary();
    if (summary == null) {
      throw new IllegalStateException(kind + " is told one by one");
    }
    List<String> names = ofKind.stream().map(Problem::shortName).distinct().toList();
    String first = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
    int more = names.size() - MAX_NAMES;
    String text =
        "%d %s: %s%s%s"
            .formatted(
                ofKind.size(),
                ofKind.size() == 1 ? summary.one() : summary.many(),
                first,
                more > 0 ? " and " + more + " more" : "",
                summary.advice().isEmpty() ? "" : "; " + summary.advice());
    return new ProblemLine(kind, "", text);
  }

  /// `place: text [code]`.
  @Override
  public String toString() {
    return (place.isEmpty() ? "" : place + ": ") + text + " [" + kind.code() + "]";
  }
}
