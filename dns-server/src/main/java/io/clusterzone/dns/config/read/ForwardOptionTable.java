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
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;

/// The options of `forward`.
final class ForwardOptionTable {
  static final Duration MIN_INTERVAL = Duration.ofMillis(10);
  static final Duration MAX_DURATION = Duration.ofHours(24);
  private static final Duration MIN_READ_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_READ_TIMEOUT = Duration.ofMinutes(5);

  private static final List<String> POLICIES = List.of("random", "round_robin", "sequential");
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
          flag(
              "force_tcp",
              "asks over TCP, even if the client came over UDP",
              (draft, is) -> draft.forceTcp = is),
          flag(
              "prefer_udp",
              "asks over UDP, even if the client came over TCP, and over TCP if the reply is"
                  + " truncated; `force_tcp` goes first",
              (draft, is) -> draft.preferUdp = is),
          new Option<>(
              new Row(
                  "policy POLICY",
                  "`random`",
                  "`random`, `round_robin`, `sequential`",
                  "which upstream is asked first"),
              ForwardOptionTable::readPolicy),
          duration(
              "expire",
              Forward.Connections.DEFAULT.expire(),
              "how long an idle connection is kept",
              (draft, expire) -> draft.expire = expire),
          duration(
              "max_age",
              Forward.Connections.DEFAULT.maxAge(),
              "after which a connection takes no more questions; 0: never",
              (draft, age) -> draft.maxAge = age),
          count(
              "max_idle_conns",
              Forward.Connections.DEFAULT.maxIdle(),
              "idle connections kept for each upstream; 0: no limit",
              (draft, count) -> draft.maxIdle = count),
          new Option<>(
              new Row(
                  "read_timeout DURATION",
                  GoDuration.format(Forward.Connections.DEFAULT.readTimeout()),
                  "%s to %s"
                      .formatted(
                          GoDuration.format(MIN_READ_TIMEOUT), GoDuration.format(MAX_READ_TIMEOUT)),
                  "how long an upstream has to answer; all of them together have 5s, or this if it"
                      + " is longer"),
              (arguments, draft) -> {
                if (arguments.has(1, 1, "one duration")) {
                  draft.readTimeout = arguments.duration(0, MIN_READ_TIMEOUT, MAX_READ_TIMEOUT);
                }
              }),
          new Option<>(
              new Row(
                  "source_address ADDRESS",
                  "the one that the route has",
                  "an IP address of this host",
                  "where questions and probes come from"),
              ForwardOptionTable::readSource),
          count(
              "max_fails",
              Forward.Health.DEFAULT.maxFails(),
              "failures in a row that take an upstream out; 0: never",
              (draft, count) -> draft.maxFails = count),
          count(
              "max_connect_attempts",
              Forward.Health.DEFAULT.maxAttempts(),
              "upstreams asked for one question; 0: twice their number",
              (draft, count) -> draft.maxAttempts = count),
          new Option<>(
              new Row(
                  "max_concurrent NUMBER",
                  Integer.toString(Forward.DEFAULT_MAX_CONCURRENT),
                  "0 to " + Forward.MOST_CONCURRENT + "; 0: the default",
                  "questions that may wait for an answer at once; one more is REFUSED"),
              ForwardOptionTable::readMaxConcurrent),
          new Option<>(
              new Row(
                  "health_check DURATION [no_rec] [domain NAME]",
                  GoDuration.format(Forward.Health.DEFAULT.interval()) + "; NAME: `.`",
                  range(MIN_INTERVAL) + "; a name",
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
              ForwardOptionTable::readTls),
          new Option<>(
              new Row(
                  "tls_servername NAME",
                  "the address",
                  "a name",
                  "whom the certificates of the `tls://` upstreams must name; not if one of them"
                      + " has its own"),
              (arguments, draft) -> {
                if (arguments.has(1, 1, "one name")) {
                  draft.serverName = arguments.text(0);
                }
              }),
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
          flag(
              "next_on_nodata",
              "goes on to the next `forward` at NODATA",
              (draft, is) -> draft.nextOnNodata = is),
          flag(
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

  private static Option<ForwardDraft> flag(
      String name, String text, BiConsumer<ForwardDraft, Boolean> setter) {
    return new Option<>(
        new Row(name, "off", "", text),
        (arguments, draft) -> setter.accept(draft, arguments.hasOnlyItsName()));
  }

  private static Option<ForwardDraft> count(
      String name, int fallback, String text, ObjIntConsumer<ForwardDraft> setter) {
    return new Option<>(
        new Row(name + " NUMBER", Integer.toString(fallback), "0 or more", text),
        (arguments, draft) -> {
          if (arguments.has(1, 1, "one number")) {
            setter.accept(draft, arguments.integer(0, 0, Integer.MAX_VALUE, "a number"));
          }
        });
  }

  private static Option<ForwardDraft> duration(
      String name, Duration fallback, String text, BiConsumer<ForwardDraft, Duration> setter) {
    return new Option<>(
        new Row(name + " DURATION", GoDuration.format(fallback), range(Duration.ZERO), text),
        (arguments, draft) -> {
          if (arguments.has(1, 1, "one duration")) {
            setter.accept(draft, arguments.duration(0, Duration.ZERO, MAX_DURATION));
          }
        });
  }

  private static String range(Duration least) {
    return GoDuration.format(least) + " to " + GoDuration.format(MAX_DURATION);
  }

  private static void readPolicy(Arguments arguments, ForwardDraft draft) {
    if (arguments.has(1, 1, "one of " + String.join(", ", POLICIES))) {
      String policy = POLICIES.get(arguments.keyword(0, POLICIES));
      draft.policy = Forward.Policy.valueOf(policy.toUpperCase(Locale.ROOT));
    }
  }

  private static void readSource(Arguments arguments, ForwardDraft draft) {
    if (arguments.has(1, 1, "one IP address")) {
      draft.source = AddressText.address(arguments.text(0));
      if (draft.source == null) {
        arguments.problem(
            arguments.word(0), "expected an IP address, not \"" + arguments.text(0) + "\"");
      }
    }
  }

  private static void readMaxConcurrent(Arguments arguments, ForwardDraft draft) {
    if (arguments.has(1, 1, "one number")) {
      int most = arguments.integer(0, 0, Forward.MOST_CONCURRENT, "a number of questions");
      draft.maxConcurrent = most == 0 ? Forward.DEFAULT_MAX_CONCURRENT : most;
    }
  }

  private static void readHealthCheck(Arguments arguments, ForwardDraft draft) {
    if (!arguments.hasSome("a duration, maybe no_rec, and maybe domain and a name")) {
      return;
    }
    draft.probeInterval = arguments.duration(0, MIN_INTERVAL, MAX_DURATION);
    draft.probeRecursion = true;
    draft.probeDomain = Name.ROOT;
    for (int i = 1; i < arguments.count(); i++) {
      if (arguments.text(i).equals("domain") && i + 1 < arguments.count()) {
        draft.probeDomain = arguments.name(arguments.word(++i));
      } else if (arguments.text(i).equals("no_rec")) {
        draft.probeRecursion = false;
      } else {
        arguments.problem(
            arguments.word(i),
            "expected no_rec, or domain and a name, not \"" + arguments.text(i) + "\"");
      }
    }
  }

  /// CoreDNS tells the files by their number.
  private static void readTls(Arguments arguments, ForwardDraft draft) {
    if (!arguments.has(0, 3, "at most three files: certificate, key, authority")) {
      return;
    }
    draft.tlsFiles = arguments.words();
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
        arguments.problem(
            word,
            "expected one of "
                + String.join(", ", RcodeText.NAMES)
                + ", not \""
                + word.text()
                + "\"");
      } else {
        rcodes.add(rcode);
      }
    }
  }
}
