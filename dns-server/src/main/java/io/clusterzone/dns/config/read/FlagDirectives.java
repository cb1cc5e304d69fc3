package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Any;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Loop;
import io.clusterzone.dns.config.Minimal;
import io.clusterzone.dns.config.Whoami;
import java.util.List;

/// The directives that are only their name.
final class FlagDirectives {
  static final DirectiveSpec ANY =
      flag(
          new Any(),
          "any",
          "Answers ANY questions with one HINFO record that says so (RFC 8482 section 4.2), whether"
              + " the name exists or not.");

  static final DirectiveSpec DEBUG = flag(new Debug(), "debug", "Logs at debug level.");

  static final DirectiveSpec LOOP =
      flag(
          new Loop(),
          "loop",
          "Finds upstreams that send this server's own questions back to it, takes them out and"
              + " says so. Unlike CoreDNS the server goes on.");

  static final DirectiveSpec MINIMAL =
      flag(
          new Minimal(),
          "minimal",
          "Leaves authority and additional records out of positive answers.");

  static final DirectiveSpec WHOAMI =
      flag(
          new Whoami(),
          "whoami",
          "Answers every question that no directive before it answered with the client's address,"
              + " port and transport, in the additional section.");

  private FlagDirectives() {}

  private static DirectiveSpec flag(Directive directive, String name, String summary) {
    String body = name.equals("whoami") ? "" : "    whoami\n";
    String example = ".:53 {\n    " + name + "\n" + body + "}\n";
    return DirectiveSpec.flag(
        new Manual(name, name, summary, List.of(), List.of(), "", example), directive);
  }
}
