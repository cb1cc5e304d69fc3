package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Line;
import io.clusterzone.k8s.problem.Nearest;
import io.clusterzone.k8s.problem.ProblemKind;
import java.util.List;
import java.util.function.BiConsumer;

/// One option of a directive's block, and how it is read into a `B`.
record Option<B>(Manual.Row row, BiConsumer<Arguments, B> reader) {

  /// Reads the lines of a block; options that are not in the table are problems.
  static <B> void readAll(Arguments directive, List<Option<B>> table, B target) {
    for (Line line : directive.block()) {
      Arguments arguments = directive.option(line);
      boolean known = false;
      for (Option<B> option : table) {
        if (option.row.name().equals(line.name())) {
          arguments.hasNoBlock();
          option.reader.accept(arguments, target);
          known = true;
        }
      }
      if (!known) {
        List<String> names = table.stream().map(option -> option.row.name()).toList();
        directive.problem(
            ProblemKind.UNKNOWN_OPTION,
            line.head(),
            "unknown option \"" + line.name() + "\"" + Nearest.hint(line.name(), names));
      }
    }
  }

  /// An option that is not there any more or not there yet, and what to do.
  static <B> Option<B> refused(String name, String advice) {
    return new Option<>(
        new Manual.Row(name, "", "", ""),
        (arguments, target) -> arguments.problem(ProblemKind.REFUSED_OPTION, advice));
  }

  boolean isRefused() {
    return row.text().isEmpty();
  }

  static <B> List<Manual.Row> rows(List<Option<B>> table) {
    return table.stream().filter(option -> !option.isRefused()).map(Option::row).toList();
  }
}
