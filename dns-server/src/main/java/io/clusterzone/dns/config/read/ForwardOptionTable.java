package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.AddressText;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.GoDuration;
import io.clusterzone.dns.config.text.RcodeText;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Rcode;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The options of `forward`.
final class ForwardOptionTable {
  private static final Duration MAX_DURATION = Duration.ofHours(24);
  private static final Durations KEPT = new Durations(Duration.ZERO, MAX_DURATION);
  private static final Durations INTERVAL = new Durations(Duration.ofMillis(10), MAX_DURATION);
  private static final Durations READ_TIMEOUT =
      new Durations(Duration.ofMillis(1), Duration.ofMinutes(5));
  private static final Numbers COUNT = Numbers.from(0, "a number");
  private static final Numbers CONCURRENT =
      new Numbers(0, Forward.MOST_CONCURRENT, "a number of questions");

  private static final String RCODES = "response codes such as `SERVFAIL`";

  static final List<Option<ForwardDraft>> OPTIONS =
      List.of(
          new Option<>(
              new Row(
                  "except NAMES...",
                  "none",
                  "names and prefixes",
                  "leaves these and the names below to others; several lines add up"),
              (arguments, draft) -> {
                arguments.hasSome("at least one name");
                draft.except.addAll(arguments.zones());
              }),
          Option.flag(
              "force_tcp",
              "asks over TCP, even if the client came over UDP",
              (draft, is) -> draft.forceTcp = is),
          Option.flag(
              "prefer_udp",
              "asks over UDP, even if the client came over TCP, and over TCP if the reply is"
                  + " truncated; `force_tcp` goes first",
              (draft, is) -> draft.preferUdp = is),
          Option.word(
              "policy POLICY",
              List.of(Forward.Policy.values()),
              "`random`",
              "which upstream is asked first",
              (draft, policy) -> draft.policy = policy),
          Option.duration(
              "expire",
              KEPT,
              Forward.Connections.DEFAULT.expire(),
              "how long an idle connection is kept",
              (draft, expire) -> draft.expire = expire),
          Option.duration(
              "max_age",
              KEPT,
              Forward.Connections.DEFAULT.maxAge(),
              "after which a connection takes no more questions; 0: never",
              (draft, age) -> draft.maxAge = age),
          Option.number(
              "max_idle_conns",
              COUNT,
              Forward.Connections.DEFAULT.maxIdle(),
              "idle connections kept for each upstream; 0: no limit",
              (draft, count) -> draft.maxIdle = count),
          Option.duration(
              "read_timeout",
              READ_TIMEOUT,
              Forward.Connections.DEFAULT.readTimeout(),
              "how long an upstream has to answer; all of them together have 5s, or this if it is"
                  + " longer",
              (draft, timeout) -> draft.readTimeout = timeout),
          Option.one(
              new Row(
                  "source_address ADDRESS",
                  "the one that the route has",
                  "an IP address of this host",
                  "where questions and probes come from"),
              "one IP address",
              ForwardOptionTable::readSource),
          Option.number(
              "max_fails",
              COUNT,
              Forward.Health.DEFAULT.maxFails(),
              "failures in a row that take an upstream out; 0: never",
              (draft, count) -> draft.maxFails = count),
          Option.number(
              "max_connect_attempts",
              COUNT,
              Forward.Health.DEFAULT.maxAttempts(),
              "upstreams asked for one question; 0: twice their number",
              (draft, count) -> draft.maxAttempts = count),
          Option.<ForwardDraft>number(
                  "max_concurrent",
                  CONCURRENT,
                  Forward.DEFAULT_MAX_CONCURRENT,
                  "questions that may wait for an answer at once; one more is REFUSED",
                  (draft, most) ->
                      draft.maxConcurrent = most == 0 ? Forward.DEFAULT_MAX_CONCURRENT : most)
              .and("; 0: the default"),
          new Option<>(
              new Row(
                  "health_check DURATION [no_rec] [domain NAME]",
                  GoDuration.format(Forward.Health.DEFAULT.interval()) + "; NAME: `.`",
                  INTERVAL.range() + "; a name",
                  "how often an upstream that failed is asked for the NS records of NAME, with"
                      + " `no_rec` without asking for recursion"),
              ForwardOptionTable::readHealthCheck),
          new Option<>(
              new Row(
                  "tls [CERT KEY] [CA]",
                  "no CERT; CA: those of the system",
                  "files in PEM form",
                  "the certificate to show, its key, and the authorities that upstreams are"
                      + " checked with"),
              // CoreDNS knows the files by their number.
              (arguments, draft) -> {
                if (arguments.has(0, 3, "at most three files: certificate, key, authority")) {
                  draft.tlsFiles = arguments.words();
                }
              }),
          Option.one(
              new Row(
                  "tls_servername NAME",
                  "the address",
                  "a name",
                  "whom the certificates of the `tls://` upstreams must name; not if one of them"
                      + " has its own"),
              "one name",
              (arguments, draft) -> draft.serverName = arguments.text(0)),
          new Option<>(
              new Row(
                  "failover RCODES...",
                  "none",
                  RCODES + ", not `NOERROR`",
                  "asks the next upstream if the reply has one of these; several lines add up"),
              ForwardOptionTable::readFailover),
          new Option<>(
              new Row(
                  "next RCODES...",
                  "none",
                  RCODES,
                  "goes on to the next `forward` that is for the name if the reply has one of"
                      + " these; several lines add up"),
              (arguments, draft) -> readRcodes(arguments, draft.next)),
          Option.flag(
              "next_on_nodata",
              "goes on to the next `forward` at NODATA",
              (draft, is) -> draft.nextOnNodata = is),
          Option.flag(
              "failfast_all_unhealthy_upstreams",
              "SERVFAIL while all upstreams are out, instead of asking one at random",
              (draft, is) -> draft.failFast = is),
          Option.refused(
              "doh_method",
              "upstreams over https:// are not served; use tls:// and remove the line"),
          Option.refused(
              "resolver", "names are not looked up; write addresses and remove the line"),
          Option.refused(
              "resolve_upstream", "names are not looked up; write addresses and remove the line"));

  private ForwardOptionTable() {}

  private static void readSource(Arguments arguments, ForwardDraft draft) {
    draft.source = AddressText.address(arguments.text(0));
    if (draft.source == null) {
      arguments.expected(arguments.word(0), "an IP address");
    }
  }

  private static void readHealthCheck(Arguments arguments, ForwardDraft draft) {
    if (!arguments.hasSome("a duration, maybe no_rec, and maybe domain and a name")) {
      return;
    }
    draft.probeInterval = INTERVAL.read(arguments, 0);
    draft.probeRecursion = true;
    draft.probeDomain = Name.ROOT;
    for (int i = 1; i < arguments.count(); i++) {
      if (arguments.text(i).equals("domain") && i + 1 < arguments.count()) {
        draft.probeDomain = arguments.name(arguments.word(++i));
      } else if (arguments.text(i).equals("no_rec")) {
        draft.probeRecursion = false;
      } else {
        arguments.expected(arguments.word(i), "no_rec, or domain and a name");
      }
    }
  }

  private static void readFailover(Arguments arguments, ForwardDraft draft) {
    readRcodes(arguments, draft.failover);
    if (draft.failover.remove(Rcode.NOERROR)) {
      arguments.problem("a reply with NOERROR is no failure");
    }
  }

  private static void readRcodes(Arguments arguments, Set<Integer> rcodes) {
    arguments.hasSome("at least one response code");
    for (Token word : arguments.words()) {
      Integer rcode = RcodeText.number(word.text());
      if (rcode == null) {
        arguments.expected(word, "one of " + String.join(", ", RcodeText.NAMES));
      } else {
        rcodes.add(rcode);
      }
    }
  }
}
