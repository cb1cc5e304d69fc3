package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.Errors.Consolidation;
import io.clusterzone.dns.config.LinearPattern;
import io.clusterzone.dns.config.text.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads `errors`.
final class ErrorsParser {
  private static final String SHOW_FIRST = "show_first";
  private static final List<Errors.Level> LEVELS = List.of(Errors.Level.values());

  private static final List<Option<Draft>> OPTIONS =
      List.of(
          Option.flag(
              "stacktrace",
              "logs unexpected exceptions with their stack trace",
              (draft, is) -> draft.stacktrace = is),
          new Option<>(
              new Manual.Row(
                  "consolidate DURATION REGEXP [LEVEL] [show_first]",
                  "none; LEVEL: `error`",
                  "duration above zero; RE2 syntax, at most "
                      + LinearPattern.MAX_LENGTH
                      + " characters; `error`, `warning`, `info`, `debug`, which is written with"
                      + " the directive `debug` alone",
                  "counts messages that the expression finds, and logs their number once the"
                      + " duration is over; with `show_first` the first of them is logged at once,"
                      + " and the number only if there were more; the first line that fits a"
                      + " message decides"),
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
                  consolidate 5m ".* i/o timeout$" warning show_first
                  consolidate 30s "^failed to .+"
              }
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, ErrorsParser::read);

  private static final class Draft {
    boolean stacktrace;
    final List<Consolidation> consolidations = new ArrayList<>();
  }

  private ErrorsParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    if (arguments.hasOne("at most the word stdout")) {
      arguments.keyword(0, List.of("stdout"));
    }
    var draft = new Draft();
    Option.readAll(arguments, OPTIONS, draft);
    return new Errors(draft.stacktrace, draft.consolidations);
  }

  private static void readConsolidation(Arguments arguments, Draft draft) {
    if (!arguments.has(2, 4, "a duration, a regular expression, maybe a level and show_first")) {
      return;
    }
    Duration period = arguments.duration(0);
    checkPattern(arguments);
    boolean showFirst = arguments.count() > 2 && last(arguments).equals(SHOW_FIRST);
    Errors.Level level = Errors.Level.ERROR;
    if (arguments.count() - (showFirst ? 1 : 0) > 2) {
      level = LEVELS.get(arguments.keyword(2, Option.names(LEVELS)));
    }
    if (arguments.count() == 4) {
      arguments.keyword(3, List.of(SHOW_FIRST));
    }
    draft.consolidations.add(new Consolidation(period, arguments.text(1), level, showFirst));
  }

  private static String last(Arguments arguments) {
    return arguments.text(arguments.count() - 1);
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
