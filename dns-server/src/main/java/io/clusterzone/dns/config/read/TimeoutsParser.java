package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Timeouts;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/// Reads `timeouts`.
final class TimeoutsParser {
  private static final Durations RANGE = new Durations(Timeouts.MIN, Timeouts.MAX);
  private static final Numbers SECONDS =
      new Numbers((int) RANGE.least().toSeconds(), (int) RANGE.most().toSeconds(), "seconds");

  private static final List<Option<Draft>> OPTIONS =
      List.of(
          option(
              "read",
              Timeouts.DEFAULT.read(),
              "for a new connection to send a whole message",
              (draft, timeout) -> draft.read = timeout),
          option(
              "write",
              Timeouts.DEFAULT.write(),
              "for a client to take a reply",
              (draft, timeout) -> draft.write = timeout),
          option(
              "idle",
              Timeouts.DEFAULT.idle(),
              "between two messages on a connection",
              (draft, timeout) -> draft.idle = timeout),
          Option.one(
              new Row(
                  "maxtcpqueries NUMBER",
                  "-1",
                  "1 or more queries; -1: any number",
                  "queries of one connection, after which it is closed"),
              "one number",
              (arguments, draft) ->
                  draft.maxQueries =
                      arguments.text(0).equals("-1")
                          ? 0
                          : arguments.integer(0, 1, Integer.MAX_VALUE, "a number of queries")));

  private static final Manual MANUAL =
      new Manual(
          "timeouts",
          "timeouts",
          "Bounds how long clients may take over TCP, and for how many queries.",
          List.of(),
          Option.rows(OPTIONS),
          "At least one of the options is needed. A number without a unit is in seconds.",
          """
          .:53 {
              timeouts {
                  idle 30s
              }
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, TimeoutsParser::read);

  private static final class Draft {
    Duration read = Timeouts.DEFAULT.read();
    Duration write = Timeouts.DEFAULT.write();
    Duration idle = Timeouts.DEFAULT.idle();
    int maxQueries = Timeouts.DEFAULT.maxQueries();
  }

  private TimeoutsParser() {}

  private static Option<Draft> option(
      String name, Duration fallback, String text, BiConsumer<Draft, Duration> setter) {
    return Option.one(
        new Row(name + " DURATION", GoDuration.format(fallback), RANGE.range(), text),
        "one duration",
        (arguments, draft) -> setter.accept(draft, timeout(arguments)));
  }

  private static Duration timeout(Arguments arguments) {
    return arguments.text(0).matches("[0-9]+")
        ? Duration.ofSeconds(SECONDS.read(arguments, 0))
        : RANGE.read(arguments, 0);
  }

  private static Directive read(Arguments arguments, BlockContext context) {
    arguments.hasOnlyItsName();
    if (arguments.block().isEmpty()) {
      arguments.problem("expected a block with at least one timeout");
    }
    var draft = new Draft();
    Option.readAll(arguments, OPTIONS, draft);
    return new Timeouts(draft.read, draft.write, draft.idle, draft.maxQueries);
  }
}
