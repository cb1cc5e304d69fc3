package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Multisocket;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Line;
import java.util.List;

/// Reads `multisocket`.
final class MultisocketParser {
  private static final Manual MANUAL =
      new Manual(
          "multisocket",
          "multisocket [NUMBER]",
          "Listens on each port with this many sockets, each with an event loop of its own.",
          List.of(
              new Manual.Row(
                  "NUMBER",
                  "one for each processor",
                  "1 to " + Multisocket.MAX_SOCKETS,
                  "the number of sockets")),
          List.of(),
          "Without the directive there is one for each processor as well. The directive is about"
              + " the whole process: of several blocks that have it the first one counts.",
          """
          .:53 {
              multisocket 2
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, MultisocketParser::read);

  private MultisocketParser() {}

  private static Directive read(Line line, BlockContext context) {
    Arguments arguments = context.arguments(line);
    arguments.hasNoBlock();
    return arguments.has(0, 1, "at most one number") && arguments.count() == 1
        ? new Multisocket(arguments.integer(0, 1, Multisocket.MAX_SOCKETS, "a number of sockets"))
        : Multisocket.DEFAULT;
  }
}
