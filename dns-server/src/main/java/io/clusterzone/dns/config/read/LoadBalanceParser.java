package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.LoadBalance;
import io.clusterzone.dns.config.text.Arguments;
import java.util.List;

/// Reads `loadbalance`.
final class LoadBalanceParser {
  private static final String ROUND_ROBIN = "round_robin";

  private static final List<Option<BlockContext>> OPTIONS =
      List.of(
          Option.refused(
              "prefer", "clients sort addresses themselves (RFC 6724); remove the line"));

  private static final Manual MANUAL =
      new Manual(
          "loadbalance",
          "loadbalance [round_robin]",
          "Rotates the addresses of a reply, so that each is first equally often.",
          List.of(
              new Manual.Row(
                  "round_robin", "`" + ROUND_ROBIN + "`", "`" + ROUND_ROBIN + "`", "the policy")),
          List.of(),
          "",
          """
          .:53 {
              loadbalance
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, LoadBalanceParser::read);

  private LoadBalanceParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    if (arguments.count() > 0 && !arguments.text(0).equals(ROUND_ROBIN)) {
      arguments.problem(
          arguments.word(0),
          "this version has the policy "
              + ROUND_ROBIN
              + " only, not \""
              + arguments.text(0)
              + "\"; shares go by the number of endpoints, remove the word");
    } else {
      arguments.has(0, 1, "at most one policy");
    }
    Option.readAll(arguments, OPTIONS, context);
    return LoadBalance.DEFAULT;
  }
}
