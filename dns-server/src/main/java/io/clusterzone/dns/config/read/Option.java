package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.GoDuration;
import io.clusterzone.dns.config.text.Line;
import io.clusterzone.k8s.kept.KeptFile;
import io.clusterzone.k8s.problem.Nearest;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// One option of a directive's block, and how it is read into a `B`. The kinds that several
/// directives have are made here: the range in the manual is the one that is checked.
record Option<B>(Row row, BiConsumer<Arguments, B> reader) {

  /// Reads the lines of a block; options that are not in the table are problems.
  static <B> void readAll(Arguments directive, List<Option<B>> table, B target) {
    readAll(directive, directive.block(), table, target);
  }

  /// Reads some of the lines of a block.
  static <B> void readAll(Arguments directive, List<Line> lines, List<Option<B>> table, B target) {
    for (Line line : lines) {
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

  /// An option that is gone or yet to come, with advice.
  static <B> Option<B> refused(String name, String advice) {
    return new Option<>(
        new Row(name, "", "", ""),
        (arguments, target) -> arguments.problem(ProblemKind.REFUSED_OPTION, advice));
  }

  /// An option that is only its name.
  static <B> Option<B> flag(String name, String text, BiConsumer<B, Boolean> setter) {
    return new Option<>(
        new Row(name, "off", "", text),
        (arguments, target) -> setter.accept(target, arguments.hasOnlyItsName()));
  }

  /// An option with one word.
  ///
  /// @param expected the word's name in problems: `one file`
  static <B> Option<B> one(Row row, String expected, BiConsumer<Arguments, B> reader) {
    return new Option<>(
        row,
        (arguments, target) -> {
          if (arguments.has(1, 1, expected)) {
            reader.accept(arguments, target);
          }
        });
  }

  static <B> Option<B> number(
      String name, Numbers numbers, Object fallback, String text, ObjIntConsumer<B> setter) {
    return one(
        new Row(name + " NUMBER", fallback.toString(), numbers.range(), text),
        "one number",
        (arguments, target) -> setter.accept(target, numbers.read(arguments, 0)));
  }

  static <B> Option<B> ttl(Numbers seconds, int fallback, ObjIntConsumer<B> setter) {
    return one(
        new Row(
            "ttl SECONDS",
            Integer.toString(fallback),
            seconds.range() + " seconds",
            "the TTL of every record"),
        "one number of seconds",
        (arguments, target) -> setter.accept(target, seconds.read(arguments, 0)));
  }

  static <B> Option<B> duration(
      String name,
      Durations durations,
      Duration fallback,
      String text,
      BiConsumer<B, Duration> setter) {
    return one(
        new Row(name + " DURATION", GoDuration.format(fallback), durations.range(), text),
        "one duration",
        (arguments, target) -> setter.accept(target, durations.read(arguments, 0)));
  }

  /// An option with one of these words.
  ///
  /// @param setter gets the position of the word
  static <B> Option<B> words(
      String synopsis, List<String> words, String fallback, String text, ObjIntConsumer<B> setter) {
    return one(
        new Row(synopsis, fallback, "`" + String.join("`, `", words) + "`", text),
        "one of " + String.join(", ", words),
        (arguments, target) -> setter.accept(target, arguments.keyword(0, words)));
  }

  /// An option with the name of one of these constants, in lower case.
  static <B, E extends Enum<E>> Option<B> word(
      String synopsis, List<E> constants, String fallback, String text, BiConsumer<B, E> setter) {
    return words(
        synopsis,
        names(constants),
        fallback,
        text,
        (target, at) -> setter.accept(target, constants.get(at)));
  }

  static List<String> names(List<? extends Enum<?>> constants) {
    return constants.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
  }

  /// An option with a file that the server writes. None is set if it must not be written to.
  static <B> Option<B> kept(
      String name, KeptFile.Form form, String text, BiConsumer<B, @Nullable Path> setter) {
    return one(
        new Row(
            name + " PATH",
            "none",
            "a file in a directory that can be written to; absent or written by clusterzone",
            text),
        "one file",
        (arguments, target) -> setter.accept(target, arguments.keptPath(arguments.word(0), form)));
  }

  /// An option with the zones in which a name is left to other directives.
  static <B> Option<B> fallthrough(String text, BiConsumer<B, List<Name>> setter) {
    return new Option<>(
        new Row("fallthrough [ZONES...]", "off; without ZONES: all", "names and prefixes", text),
        (arguments, target) ->
            setter.accept(target, arguments.count() == 0 ? List.of(Name.ROOT) : arguments.zones()));
  }

  /// The same with more to say after its range.
  Option<B> and(String more) {
    return new Option<>(
        new Row(row.synopsis(), row.fallback(), row.range() + more, row.text()), reader);
  }

  boolean isRefused() {
    return row.text().isEmpty();
  }

  static <B> List<Row> rows(List<Option<B>> table) {
    return table.stream().filter(option -> !option.isRefused()).map(Option::row).toList();
  }
}
