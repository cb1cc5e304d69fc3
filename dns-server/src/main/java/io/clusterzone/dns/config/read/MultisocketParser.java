package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Multisocket;
import io.clusterzone.dns.config.text.Arguments;
import java.util.List;

/// Reads `multisocket`.
final class MultisocketParser {
  private static final Numbers SOCKETS =
      new Numbers(1, Multisocket.MAX_SOCKETS, "a number of sockets");

  private static final Manual MANUAL =
      new Manual(
          "multisocket",
          "multisocket [NUMBER]",
          "Listens on each port with this many sockets, each with an event loop of its own.",
          List.of(
              new Manual.Row(
                  "NUMBER", "one for each processor", SOCKETS.range(), "the number of sockets")),
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

  private static Directive read(Arguments arguments, BlockContext context) {
    arguments.hasNoBlock();
    return arguments.hasOne("at most one number")
        ? new Multisocket(SOCKETS.read(arguments, 0))
        : Multisocket.DEFAULT;
  }
}
