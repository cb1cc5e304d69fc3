package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.Arguments;
import java.util.List;

/// Reads `shed`.
final class ShedParser {
  private static final Numbers PLACES = new Numbers(1, Shed.MOST_WAITING, "a number of queries");
  private static final List<Shed.Reply> REPLIES = List.of(Shed.Reply.values());

  private static final List<Option<Draft>> OPTIONS =
      List.of(
          Option.number(
              "waiting",
              PLACES,
              Shed.DEFAULT_WAITING + ", or the highest `max_concurrent` that is set above it",
              "queries of all server blocks that may wait for upstreams at once",
              (draft, places) -> draft.waiting = places),
          Option.number(
              "per_client",
              PLACES,
              "as many as are free besides",
              "those of them that one client address may have",
              (draft, places) -> draft.perClient = places),
          Option.one(
              new Row(
                  "reply REPLY",
                  "`servfail`",
                  "`servfail`, `refused`, `drop`",
                  "what those get that may not wait; `drop` is nothing"),
              "one reply",
              (arguments, draft) ->
                  draft.reply = REPLIES.get(arguments.keyword(0, Option.names(REPLIES)))));

  private static final Manual MANUAL =
      new Manual(
          "shed",
          "shed",
          "Bounds the queries that wait for upstreams, so that names of the cluster never wait for"
              + " them.",
          List.of(),
          Option.rows(OPTIONS),
          """
          All of this holds without the directive, with the defaults. It is about the whole process:
          of several blocks that have it the first one counts.

          A query waits if it is for a name that is forwarded and not in the cache. It is shed, which
          is answered at once with REPLY and EDE 0 (Other), if

          * the event loop has been at work for 20 ms without catching up with what it was sent,
            the times not counted in which it did not run;
          * its client is limited, as below;
          * all places are taken;
          * its client has as many places as are free: one client alone gets half of them, also of
            those that `max_concurrent` of `forward` allows, and there is always one free for
            another. Many clients behind one address count as one; `per_client` gives it more.

          Queries answered from zones, `hosts` or the cache are never shed, nor are those that wait
          already. With `serve_stale` an expired reply is used instead. What is beyond
          `max_concurrent` is REFUSED, whatever REPLY says. `clusterzone_shed_total` counts all of
          them.

          When more is sent over UDP than can be answered at all, and datagrams are lost for that,
          the clients that send most are limited to equal shares, so that the others lose little
          and wait less. This needs Linux, where the kernel drops what is too much before it
          is queued, and it is not for configuration. It ends when all can be answered again; it
          never begins while nothing is lost. Clients that cannot be told apart, as with forged
          addresses, all lose the same share. `clusterzone_udp_kernel_dropped_total` counts what was
          dropped, with the reason `limited`, and `clusterzone_udp_limited_clients` is how many
          clients are limited now. The log names the three largest and what they send, when this has
          lasted for a second and each minute, and tells of the end.\
          """,
          """
          .:53 {
              forward . 192.0.2.53
              shed {
                  waiting 10000
                  per_client 2000
                  reply refused
              }
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, ShedParser::read);

  private static final class Draft {
    int waiting = Shed.DEFAULT.waiting();
    int perClient = Shed.DEFAULT.perClient();
    Shed.Reply reply = Shed.DEFAULT.reply();
  }

  private ShedParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    arguments.hasOnlyItsName();
    var draft = new Draft();
    Option.readAll(arguments, OPTIONS, draft);
    if (draft.waiting > 0 && draft.perClient > draft.waiting) {
      arguments.problem(
          "per_client %d is more than waiting %d".formatted(draft.perClient, draft.waiting));
    }
    return new Shed(draft.waiting, draft.perClient, draft.reply);
  }
}
