package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.AddressText;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Token;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `shadow`.
final class ShadowParser {
  private static final Numbers INFLIGHT =
      new Numbers(1, Shadow.MOST_INFLIGHT, "a number of queries");
  private static final Numbers KEPT = new Numbers(1, Shadow.MOST_KEPT, "a number of differences");
  private static final String SHARE = "a share such as 1%, above 0 and up to 100%";
  private static final BigDecimal PARTS_OF_PERCENT = BigDecimal.valueOf(Shadow.ALL / 100);

  private static final List<Option<Draft>> OPTIONS =
      List.of(
          Option.one(
              new Row(
                  "sample SHARE",
                  "1%",
                  "0.0001% to 100%",
                  "the share of the queries that is repeated, drawn at random"),
              "one share",
              (arguments, draft) -> draft.sample = share(arguments)),
          Option.word(
              "queries WHICH",
              List.of(Shadow.Queries.values()),
              "`zones`",
              "`zones` are queries that `kubernetes` answers; `all` are those of `hosts`, `cache`"
                  + " and `forward` as well",
              (draft, queries) -> draft.queries = queries),
          Option.number(
              "max_inflight",
              INFLIGHT,
              Shadow.DEFAULT_MAX_INFLIGHT,
              "repeated queries that may wait for a reply at once",
              (draft, number) -> draft.maxInflight = number),
          Option.duration(
              "timeout",
              new Durations(Shadow.LEAST_TIMEOUT, Shadow.MOST_TIMEOUT),
              Shadow.DEFAULT_TIMEOUT,
              "how long a reply is waited for",
              (draft, duration) -> draft.timeout = duration),
          Option.number(
              "keep",
              KEPT,
              Shadow.DEFAULT_KEEP,
              "differences that are remembered, each question once",
              (draft, number) -> draft.keep = number));

  private static final Manual MANUAL =
      new Manual(
          "shadow",
          "shadow ADDRESS[:PORT]...",
          "Repeats a share of the queries to another DNS server and compares the replies, so that"
              + " both can be trusted to say the same before one takes the place of the other.",
          List.of(
              new Row(
                  "ADDRESS[:PORT]...",
                  "PORT: " + UpstreamText.PORT,
                  "1 to " + Shadow.MAX_ADDRESSES + " IP addresses",
                  "the other server; several replicas are asked in turns")),
          Option.rows(OPTIONS),
          """
          Clients notice nothing of it. A reply is copied when it is finished, into memory of a fixed
          size (256 KiB for each event loop), and all else is done by a thread of its own; whatever
          finds no place is left out and counted, not waited for. The other server may be slow, dead
          or hostile.

          What it is sent is a new query for the same name and type, with flags RD and CD and DO as
          the client has them: nothing that tells who has asked, and no EDNS option of the client's,
          such as its subnet. Queries that `acl` keeps out are not repeated, and neither is another
          class than IN. A repeated query says so by an EDNS option for local use (65253, without
          data); a Clusterzone never repeats such a one again, so that servers which shadow each
          other, or themselves, do no harm. Others ignore the option (RFC 6891 section 6.1.2).

          Replies that are truncated, on either side, are counted but not compared. Those that differ
          in rcode or records are asked for again, ten times a second for up to five seconds and once
          more after the TTL, 16 questions at a time: a server that says later what the other one said
          first is counted as `later_here` or `later_there`, and how much later is
          `clusterzone_shadow_learned_first_seconds`. More of them than 16 are counted as undecided.
          Names outside the zones of `kubernetes` are not asked for again, as they are known to vary.

          The last differences are on the page `/shadow` of `admin`, and
          `clusterzone compare --live URL` shows them.\
          """,
          """
          .:53 {
              kubernetes cluster.local in-addr.arpa
              shadow 10.96.0.10 {
                  sample 5%
                  max_inflight 100
                  timeout 1s
                  keep 500
              }
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, (arguments, _) -> read(arguments));

  private static final class Draft {
    int sample = Shadow.DEFAULT_SAMPLE;
    Shadow.Queries queries = Shadow.Queries.ZONES;
    int maxInflight = Shadow.DEFAULT_MAX_INFLIGHT;
    Duration timeout = Shadow.DEFAULT_TIMEOUT;
    int keep = Shadow.DEFAULT_KEEP;
  }

  private ShadowParser() {}

  private static Directive read(Arguments arguments) {
    arguments.has(1, Shadow.MAX_ADDRESSES, "1 to " + Shadow.MAX_ADDRESSES + " IP addresses");
    Set<InetSocketAddress> addresses = new LinkedHashSet<>();
    for (Token word : arguments.words()) {
      readAddress(word, arguments, addresses);
    }
    var draft = new Draft();
    Option.readAll(arguments, OPTIONS, draft);
    return new Shadow(
        List.copyOf(addresses),
        draft.sample,
        draft.queries,
        draft.maxInflight,
        draft.timeout,
        draft.keep);
  }

  private static void readAddress(
      Token word, Arguments arguments, Set<InetSocketAddress> addresses) {
    InetSocketAddress address = address(word.text());
    if (address == null) {
      arguments.expected(word, "an IP address, with or without a port: ADDRESS, ADDRESS:PORT");
    } else if (!addresses.add(address)) {
      arguments.problem(word, "\"" + word.text() + "\" stands here twice");
    }
  }

  private static @Nullable InetSocketAddress address(String text) {
    InetAddress alone = AddressText.address(text);
    if (alone != null) {
      return new InetSocketAddress(alone, UpstreamText.PORT);
    }
    InetSocketAddress address = AddressText.listener(text);
    boolean isPeer =
        address != null && address.getPort() > 0 && !address.getAddress().isAnyLocalAddress();
    return isPeer ? address : null;
  }

  private static int share(Arguments arguments) {
    String text = arguments.text(0);
    if (text.matches("[0-9]{1,3}(\\.[0-9]{1,4})?%")) {
      var percent = new BigDecimal(text.substring(0, text.length() - 1));
      int parts = percent.multiply(PARTS_OF_PERCENT).intValueExact();
      if (parts > 0 && parts <= Shadow.ALL) {
        return parts;
      }
    }
    arguments.expected(arguments.word(0), SHARE);
    return Shadow.DEFAULT_SAMPLE;
  }
}
