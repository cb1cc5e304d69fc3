package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Admin;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.Arguments;
import java.util.List;

/// Reads the directive `admin`.
final class AdminParser {
  private static final String OFF = "off";

  static final DirectiveSpec SPEC =
      DirectiveSpec.once(
          new Manual(
              "admin",
              "admin [ADDRESS|off]",
              "Shows what the server knows as JSON, for the commands that ask a running server.",
              List.of(
                  new Row(
                      "ADDRESS",
                      "`localhost:9154`",
                      "`:PORT`, `ADDRESS:PORT`, `[ADDRESS]:PORT`, `localhost:PORT` or `off`",
                      "where to listen; `:PORT` is on every address of the host, `off` is nowhere")),
              List.of(),
              """
              Without the directive, a server that `clusterzone serve` started has the pages at
              `localhost:9154`, unless that port is taken: then it warns, and serves everything else. An
              address that a Corefile names must be free, as those of `pprof` and `prometheus`.

              `/` lists the pages. They change nothing and hold no credentials, but names that clients
              asked for: leave them at localhost, and use `kubectl exec` or `kubectl port-forward`. A
              page is shown a few times a second at most, then the status is 429. To keep web sites in
              a browser on this host out, requests to a loopback address must name an IP address or
              `localhost` in their field Host, and those that a browser sends for another site are
              refused.\
              """,
              """
              .:53 {
                  admin localhost:9154
                  whoami
              }
              """),
          AdminParser::read);

  private AdminParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    arguments.hasNoBlock();
    if (arguments.count() == 1 && arguments.text(0).equals(OFF)) {
      return Admin.OFF;
    }
    return new Admin(
        HttpDirectives.address(
            arguments, Admin.DEFAULT_ADDRESS, HttpDirectives.FORMS + " or " + OFF));
  }
}
