package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Nsid;
import io.clusterzone.dns.config.text.Arguments;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads `nsid`.
final class NsidParser {
  private static final Manual MANUAL =
      new Manual(
          "nsid",
          "nsid [DATA...]",
          "Tells clients that ask which server answered them (RFC 5001).",
          List.of(
              new Manual.Row(
                  "DATA...",
                  "the name of the host",
                  "text of at most " + Nsid.MAX_OCTETS + " octets",
                  "what to say; several words are joined by blanks")),
          List.of(),
          "",
          """
          .:53 {
              nsid {$NODE_NAME}
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, NsidParser::read);

  private NsidParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    arguments.hasNoBlock();
    String data = String.join(" ", arguments.texts());
    if (data.getBytes(StandardCharsets.UTF_8).length > Nsid.MAX_OCTETS) {
      arguments.problem("at most " + Nsid.MAX_OCTETS + " octets fit");
    }
    return new Nsid(data);
  }
}
