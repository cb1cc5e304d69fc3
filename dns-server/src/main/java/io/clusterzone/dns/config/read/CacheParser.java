package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Line;
import io.clusterzone.dns.config.text.Token;
import java.util.List;

/// Reads `cache`.
final class CacheParser {
  private static final Manual MANUAL =
      new Manual(
          "cache",
          "cache [TTL] [ZONES...]",
          "Remembers what upstreams said.",
          List.of(
              new Row(
                  "TTL",
                  Cache.DEFAULT_SUCCESS_TTL_SECONDS
                      + ", denials "
                      + Cache.DEFAULT_DENIAL_TTL_SECONDS,
                  CacheOptionTable.TTL.range() + " seconds",
                  "the cap on TTLs, of data and of denials"),
              new Row(
                  "ZONES...",
                  "the zones of the block's keys",
                  "names and prefixes",
                  "what is cached; a first word that is a number is the TTL")),
          Option.rows(CacheOptionTable.OPTIONS),
          """
          Names of the block's own zones are answered from the zones and never cached, so that the
          `disable` lines of kubeadm's Corefile ask for what is so anyway. A capacity is a bound on
          memory: fewer replies fit if they are large.

          This differs from CoreDNS: TTLs count down record by record and are never raised, so that
          MINTTL is 0 by default, not 5; with it a reply is kept longer, its TTLs at 0. What is
          denied is kept for the lower of the SOA record's TTL and minimum (RFC 2308 section 5).
          An expired reply has a TTL of 30 seconds, not 0 (RFC 8767 section 4), and an extended
          error that says so. It is used whatever failing looks like: no reply, SERVFAIL, REFUSED; a
          reply that denies the name or the type ends it.\
          """,
          """
          .:53 {
              forward . 192.0.2.53
              cache 300 {
                  success 20000
                  denial 5000 60
                  prefetch 10 1m 20%
                  serve_stale 1h verify 1800ms 30s 10s
                  disable success cluster.local
              }
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, CacheParser::read);

  private CacheParser() {}

  private static Directive read(Arguments arguments, BlockContext context) {
    var draft = new CacheDraft(context.zones());
    List<Token> zones = arguments.words();
    if (!zones.isEmpty() && isNumber(zones.getFirst().text())) {
      int ttl = CacheOptionTable.TTL.read(arguments, 0);
      draft.success.maxTtlSeconds = ttl;
      draft.denial.maxTtlSeconds = ttl;
      zones = zones.subList(1, zones.size());
    }
    if (!zones.isEmpty()) {
      draft.zones = arguments.zones(zones);
    }
    Option.readAll(arguments, CacheOptionTable.OPTIONS, draft);
    if (draft.stale.preferData && arguments.block().stream().noneMatch(CacheParser::servesStale)) {
      arguments.problem("serve_stale_policy needs serve_stale beside it");
    }
    return draft.build();
  }

  private static boolean servesStale(Line option) {
    return option.name().equals("serve_stale");
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]+");
  }
}
