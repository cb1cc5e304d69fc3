package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Chaos;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.text.Arguments;
import java.util.List;

/// Reads `chaos`.
final class ChaosParser {
  private static final String RANGE = "text of at most " + Chaos.MAX_OCTETS + " octets";

  private static final Manual MANUAL =
      new Manual(
          "chaos",
          "chaos [VERSION] [AUTHORS...]",
          "Answers TXT questions of class CH for `version.bind`, `version.server`, `authors.bind`,"
              + " `hostname.bind` and `id.server`.",
          List.of(
              new Manual.Row("VERSION", "name and version of this server", RANGE, "the version"),
              new Manual.Row("AUTHORS...", "none", RANGE + " each", "the authors")),
          List.of(),
          "",
          """
          .:53 {
              chaos "cluster DNS" "The platform team"
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, ChaosParser::read);

  private ChaosParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    arguments.hasNoBlock();
    arguments.limit(Chaos.MAX_OCTETS);
    List<String> texts = arguments.texts();
    return texts.isEmpty()
        ? Chaos.DEFAULT
        : new Chaos(texts.getFirst(), texts.stream().skip(1).distinct().sorted().toList());
  }
}
