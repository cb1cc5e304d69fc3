package io.clusterzone.dns.config;

import io.clusterzone.dns.config.Errors.Consolidation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads `errors`.
final class ErrorsParser {
  private static final List<String> LEVELS = List.of("error", "warning", "info", "debug");

  private static final List<Option<Draft>> OPTIONS =
      List.of(
          new Option<>(
              new Manual.Row(
                  "stacktrace", "off", "", "logs unexpected exceptions with their stack trace"),
              (arguments, draft) -> draft.stacktrace = arguments.hasOnlyItsName()),
          new Option<>(
              new Manual.Row(
                  "consolidate DURATION REGEXP [LEVEL]",
                  "none; LEVEL: `error`",
                  "duration above zero; RE2 syntax, at most "
                      + LinearPattern.MAX_LENGTH
                      + " characters; `error`, `warning`, `info`, `debug`",
                  "counts messages that the expression finds, and logs their number once the"
                      + " duration is over; the first line that fits a message decides"),
              ErrorsParser::readConsolidation));

  private static final Manual MANUAL =
      new Manual(
          "errors",
          "errors [stdout]",
          "Logs what went wrong while a query was answered.",
          List.of(new Manual.Row("stdout", "`stdout`", "`stdout`", "where to")),
          Option.rows(OPTIONS),
          "Expressions are matched in time linear in the length of the message, whatever they are.",
          """
          .:53 {
              errors {
                  consolidate 5m ".* i/o timeout$" warning
                  consolidate 30s "^failed to .+"
              }
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, ErrorsParser::read);

  /// What the options said so far.
  private static final class Draft {
    boolean stacktrace;
    final List<Consolidation> consolidations = new ArrayList<>();
  }

  private ErrorsParser() {}

  private static Directive read(Line line, BlockContext context) {
    Arguments arguments = context.arguments(line);
    if (arguments.has(0, 1, "at most the word stdout") && arguments.count() == 1) {
      arguments.keyword(0, List.of("stdout"));
    }
    var draft = new Draft();
    Option.readAll(arguments, OPTIONS, draft);
    return new Errors(draft.stacktrace, draft.consolidations);
  }

  private static void readConsolidation(Arguments arguments, Draft draft) {
    if (!arguments.has(2, 3, "a duration, a regular expression and maybe a level")) {
      return;
    }
    Duration period = arguments.duration(0);
    checkPattern(arguments);
    String level =
        arguments.count() < 3 ? LEVELS.getFirst() : LEVELS.get(arguments.keyword(2, LEVELS));
    draft.consolidations.add(
        new Consolidation(
            period, arguments.text(1), Errors.Level.valueOf(level.toUpperCase(Locale.ROOT))));
  }

  private static void checkPattern(Arguments arguments) {
    try {
      LinearPattern.compile(arguments.text(1));
    } catch (IllegalArgumentException e) {
      arguments.problem(
          arguments.word(1),
          "\"" + arguments.text(1) + "\" is not a regular expression to use: " + e.getMessage());
    }
  }
}
