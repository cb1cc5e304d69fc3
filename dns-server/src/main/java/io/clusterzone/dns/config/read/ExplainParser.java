package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Explain;
import io.clusterzone.dns.config.text.Arguments;
import java.util.List;

/// Reads `explain`.
final class ExplainParser {
  private static final Manual MANUAL =
      new Manual(
          "explain",
          "explain off|on|NETWORKS...",
          "Says which clients are told in words why a question is not answered (RFC 8914).",
          List.of(
              new Manual.Row(
                  "off\\|on\\|NETWORKS...",
                  "private networks",
                  "addresses and networks",
                  "nobody, all clients, or those of these networks")),
          List.of(),
          """
          A client that speaks EDNS gets an extended error with a short text beside each denial, such
          as `no namespace prdo` or `here is only A`. Without the directive clients with a private
          address are told: those of RFC 1918, 100.64.0.0/10, link-local and unique local ones, and
          this host. Others get the code of an error alone. A text has no label that the question
          lacks, and what `acl` or a namespace that is not exposed hides looks as if it were not
          there. The placeholder `{reason}` of `log` writes the same text, whoever asks.\
          """,
          """
          .:53 {
              explain 10.244.0.0/16
              kubernetes cluster.local
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, ExplainParser::read);

  private ExplainParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    arguments.hasNoBlock();
    if (!arguments.hasSome("off, on, or networks such as 10.0.0.0/8")) {
      return Explain.DEFAULT;
    }
    if (arguments.count() == 1) {
      switch (arguments.text(0)) {
        case "on" -> {
          return Explain.ON;
        }
        case "off" -> {
          return Explain.OFF;
        }
        default -> {
          // Networks.
        }
      }
    }
    return new Explain(Networks.read(arguments, arguments.words()));
  }
}
