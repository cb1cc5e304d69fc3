package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Forward.Upstream;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.TextFiles;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.problem.ProblemKind;
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
          and their paths are relative to the working directory. They are part of what `reload`
          looks at: when what stands in one has changed, be it name servers or a certificate, the
          upstreams of this block are asked with that from then on, and what its `cache` holds
          stays. While one of them cannot be used, what ran before goes on. A server that starts when
          a file of name servers is missing, or has none in it, starts without them and says so in
          its log: what it can only ask there is answered SERVFAIL, with an extended error that names
          the file, until the file is good and `reload` has seen it. A key has to belong to its
          certificate. A certificate is always checked;
          without a server name it has to name the address.

          An upstream is asked in the way that it takes: with EDNS, unless it answers that with an
          error or not at all; over TCP where its reply over UDP is truncated, and when that fails
          the part that came is passed on; in lower case where it changes the case of names and has
          no TCP. Such habits are remembered for 15 minutes. An upstream has no say over names of
          the cluster or of `hosts`: an alias that leads to one is followed here.

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

  static final DirectiveSpec SPEC = DirectiveSpec.each(MANUAL, ForwardParser::read, Forward::new);

  private ForwardParser() {}

  private static Forward.Route read(Arguments arguments, BlockContext context) {
    var draft = new ForwardDraft();
    Option.readAll(arguments, ForwardOptionTable.OPTIONS, draft);
    draft.tls = new NamedFiles(arguments, context.files()).readTls(draft.tlsFiles);
    if (!arguments.has(2, Integer.MAX_VALUE - 1, "a zone and at least one upstream")) {
      return draft.build(List.of(), List.of(), List.of());
    }
    List<Token> words = arguments.words();
    List<Name> from = arguments.zones(words.subList(0, 1));
    List<Token> to = words.subList(1, words.size());
    List<Upstream> upstreams = readUpstreams(arguments, to, context.files());
    return draft.build(
        from, to.stream().map(Token::text).toList(), named(arguments, upstreams, draft.serverName));
  }

  private static List<Upstream> readUpstreams(
      Arguments arguments, List<Token> words, TextFiles files) {
    var upstreams = new ArrayList<Upstream>();
    for (Token word : words) {
      try {
        upstreams.addAll(UpstreamText.upstreams(word.text(), files));
      } catch (UpstreamText.BadFileException e) {
        arguments.mildProblem(ProblemKind.NO_NAME_SERVERS, word, noUpstream(word, e));
      } catch (IllegalArgumentException e) {
        arguments.problem(word, noUpstream(word, e));
      }
      if (upstreams.size() > Forward.MAX_UPSTREAMS) {
        arguments.problem(word, "more than " + Forward.MAX_UPSTREAMS + " upstreams");
        break;
      }
    }
    return upstreams;
  }

  private static String noUpstream(Token word, IllegalArgumentException why) {
    return "\"" + word.text() + "\" is no upstream: " + why.getMessage();
  }

  /// Gives the upstreams over TLS the common server name.
  private static List<Upstream> named(
      Arguments arguments, List<Upstream> upstreams, String serverName) {
    if (serverName.isEmpty()) {
      return upstreams;
    }
    if (upstreams.stream().anyMatch(upstream -> !upstream.serverName().isEmpty())) {
      arguments.problem(
          ProblemKind.CONFLICT,
          "it may have \"tls_servername\" or a server name after \"%\", not both");
    }
    return upstreams.stream()
        .map(upstream ->
            upstream.tls() ? new Upstream(upstream.address(), true, serverName) : upstream)
        .toList();
  }
}
