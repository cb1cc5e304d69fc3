package io.clusterzone.dns.config;

import io.clusterzone.dns.config.Forward.Upstream;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;

/// Reads `forward`. Several lines are routes that are tried in their order.
final class ForwardParser {
  private static final Manual MANUAL =
      new Manual(
          "forward",
          "forward FROM TO...",
          "Asks upstreams what this server does not know itself.",
          List.of(
              new Manual.Row(
                  "FROM", "", "a name or a prefix", "questions for this and the names below"),
              new Manual.Row(
                  "TO...",
                  "port: %d, with `tls://` %d".formatted(UpstreamText.PORT, UpstreamText.TLS_PORT),
                  "`[dns://]ADDRESS[:PORT]`, `tls://ADDRESS[%NAME][:PORT]`, a file; at most "
                      + Forward.MAX_UPSTREAMS
                      + " upstreams",
                  "whom to ask; a file such as `/etc/resolv.conf` stands for its `nameserver`"
                      + " lines")),
          Option.rows(ForwardOptionTable.OPTIONS),
          """
          Several `forward` lines of a block are tried in their order; the first that is for the
          name takes the question. An address of IPv6 has brackets before a port: `[2001:db8::1]:53`.
          NAME is the server name of that upstream's certificate. Host names are refused: looking
          them up would need the service that is being set up. Files are read when the Corefile is,
          and their paths are relative to the working directory. Those of `tls` are opened again when
          the block changes, or the server starts: no new certificate is taken before. A certificate is always checked;
          without a server name it has to name the address.

          Three things differ from CoreDNS. A prefix that is split forwards all of its zones, not
          only the first. `max_concurrent` is never without limit. Upstreams over `https://` are not
          served.\
          """,
          """
          .:53 {
              forward lab.example.org tls://192.0.2.1%dns.example.org
              forward . 192.0.2.53 [2001:db8::53]:1053 {
                  except example.org
                  policy sequential
                  health_check 1s domain example.com
                  max_concurrent 1000
              }
          }
          """);

  static final DirectiveSpec SPEC = new DirectiveSpec(MANUAL, ForwardParser::read);

  private ForwardParser() {}

  private static Directive read(List<Line> lines, BlockContext context) {
    return new Forward(lines.stream().map(line -> readRoute(line, context)).toList());
  }

  private static Forward.Route readRoute(Line line, BlockContext context) {
    Arguments arguments = context.arguments(line);
    var draft = new ForwardDraft();
    Option.readAll(arguments, ForwardOptionTable.OPTIONS, draft);
    new NamedFiles(arguments, context.files()).checkTls(draft.tlsFiles);
    if (!arguments.has(2, Integer.MAX_VALUE - 1, "a zone and at least one upstream")) {
      return draft.build(List.of(), List.of());
    }
    List<Token> words = arguments.words();
    List<Name> from = arguments.zones(words.subList(0, 1));
    List<Upstream> upstreams =
        readUpstreams(arguments, words.subList(1, words.size()), context.files());
    return draft.build(from, named(arguments, upstreams, draft.serverName));
  }

  private static List<Upstream> readUpstreams(
      Arguments arguments, List<Token> words, TextFiles files) {
    var upstreams = new ArrayList<Upstream>();
    for (Token word : words) {
      try {
        upstreams.addAll(UpstreamText.upstreams(word.text(), files));
      } catch (IllegalArgumentException e) {
        arguments.problem(word, "\"" + word.text() + "\" is no upstream: " + e.getMessage());
      }
      if (upstreams.size() > Forward.MAX_UPSTREAMS) {
        arguments.problem(word, "more than " + Forward.MAX_UPSTREAMS + " upstreams");
        break;
      }
    }
    return upstreams;
  }

  /// Gives the upstreams over TLS the common server name.
  private static List<Upstream> named(
      Arguments arguments, List<Upstream> upstreams, String serverName) {
    if (serverName.isEmpty()) {
      return upstreams;
    }
    if (upstreams.stream().anyMatch(upstream -> !upstream.serverName().isEmpty())) {
      arguments.problem("it may have \"tls_servername\" or a server name after \"%\", not both");
    }
    return upstreams.stream()
        .map(upstream ->
            upstream.tls() ? new Upstream(upstream.address(), true, serverName) : upstream)
        .toList();
  }
}
