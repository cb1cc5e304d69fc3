package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Bufsize;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.text.Arguments;
import java.util.List;

/// Reads `bufsize`.
final class BufsizeParser {
  private static final Numbers OCTETS =
      new Numbers(Bufsize.MIN_OCTETS, Bufsize.MAX_OCTETS, "a number of octets");

  private static final Manual MANUAL =
      new Manual(
          "bufsize",
          "bufsize [SIZE]",
          "Caps UDP replies, whatever size a client announces.",
          List.of(
              new Manual.Row(
                  "SIZE",
                  Integer.toString(Bufsize.DEFAULT_OCTETS),
                  OCTETS.range() + " octets",
                  "the largest UDP reply")),
          List.of(),
          "A block without this directive has the same cap of "
              + Bufsize.DEFAULT_OCTETS
              + " octets.",
          """
          .:53 {
              bufsize 1400
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, BufsizeParser::read);

  private BufsizeParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    arguments.hasNoBlock();
    return arguments.hasOne("at most one size")
        ? new Bufsize(OCTETS.read(arguments, 0))
        : Bufsize.DEFAULT;
  }
}
