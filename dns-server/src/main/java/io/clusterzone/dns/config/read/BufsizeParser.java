package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Bufsize;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Line;
import java.util.List;

/// Reads `bufsize`.
final class BufsizeParser {
  private static final Manual MANUAL =
      new Manual(
          "bufsize",
          "bufsize [SIZE]",
          "Caps UDP replies, whatever size a client announces.",
          List.of(
              new Manual.Row(
                  "SIZE",
                  Integer.toString(Bufsize.DEFAULT_OCTETS),
                  Bufsize.MIN_OCTETS + " to " + Bufsize.MAX_OCTETS + " octets",
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

  private static Directive read(Line line, BlockContext context) {
    Arguments arguments = context.arguments(line);
    arguments.hasNoBlock();
    if (!arguments.has(0, 1, "at most one size") || arguments.count() == 0) {
      return Bufsize.DEFAULT;
    }
    return new Bufsize(
        arguments.integer(0, Bufsize.MIN_OCTETS, Bufsize.MAX_OCTETS, "a number of octets"));
  }
}
