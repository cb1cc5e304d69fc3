package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.read.CacheDraft.Sort;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.GoDuration;
import io.clusterzone.zones.name.Name;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The options of `cache`.
final class CacheOptionTable {
  static final Numbers TTL = new Numbers(1, Cache.MAX_TTL_SECONDS, "a number of seconds");

  private static final Numbers MIN_TTL =
      new Numbers(0, Cache.MAX_TTL_SECONDS, "a number of seconds");
  private static final Numbers CAPACITY = new Numbers(1, Cache.MAX_CAPACITY, "a number of replies");
  private static final Numbers HITS = Numbers.from(0, "a number of hits");
  private static final Duration MAX_STALE = Duration.ofDays(365);
  private static final Duration MAX_WINDOW = Duration.ofHours(24);
  private static final List<String> MODES = List.of("immediate", "verify");
  private static final List<String> SORTS = List.of("success", "denial");

  static final List<Option<CacheDraft>> OPTIONS =
      List.of(
          bounds(
              "success",
              Cache.DEFAULT_SUCCESS_TTL_SECONDS,
              "how many replies with data are kept, and how long",
              draft -> draft.success),
          bounds(
              "denial",
              Cache.DEFAULT_DENIAL_TTL_SECONDS,
              "how many NXDOMAIN and NODATA are kept, and how long",
              draft -> draft.denial),
          new Option<>(
              new Row(
                  "prefetch HITS [DURATION [PERCENTAGE%]]",
                  "off; DURATION: %s; PERCENTAGE: %d"
                      .formatted(
                          GoDuration.format(Cache.Prefetch.DEFAULT_WINDOW),
                          Cache.Prefetch.DEFAULT_PERCENTAGE),
                  HITS.range()
                      + ", 0 is off; up to "
                      + GoDuration.format(MAX_WINDOW)
                      + "; 10% to 90%",
                  "asks again in the background for what had HITS hits without a gap of DURATION"
                      + " between them, once PERCENTAGE of its TTL is left"),
              CacheOptionTable::readPrefetch),
          new Option<>(
              new Row(
                  "serve_stale [DURATION [MODE [TIMEOUT] [STALE_TTL [RECHECK]]]]",
                  "off; DURATION: %s; MODE: `immediate`; TIMEOUT: 0; STALE_TTL: %ds; RECHECK: that of"
                          .formatted(
                              GoDuration.format(Cache.Stale.DEFAULT_DURATION),
                              Cache.Stale.DEFAULT_TTL_SECONDS)
                      + " `servfail`",
                  "up to %s, 0 is off; `immediate`, `verify`; up to %s, only with `verify`, 0: as long as"
                          .formatted(GoDuration.format(MAX_STALE), GoDuration.format(MAX_WINDOW))
                      + " forwarding takes; whole seconds up to %ds; up to %s"
                          .formatted(
                              Cache.MAX_TTL_SECONDS, GoDuration.format(Cache.Stale.MAX_RECHECK)),
                  "uses replies for DURATION after they expired, with at most STALE_TTL: at once,"
                      + " or if asking again fails or takes longer than TIMEOUT; after a failure"
                      + " nobody is asked until RECHECK is over"),
              CacheOptionTable::readStale),
          Option.<CacheDraft>words(
                  "serve_stale_policy POLICY",
                  List.of("prefer_positive"),
                  "a denial ends what was known",
                  "goes on using data that may be used, though a later reply denies it",
                  (draft, _) -> draft.stale.preferData = true)
              .and("; only with `serve_stale`"),
          Option.duration(
              "servfail",
              Durations.upTo(Cache.MAX_FAILURE_TTL),
              Cache.DEFAULT_FAILURE_TTL,
              "how long SERVFAIL is kept, and that no upstream answered; 0: not at all",
              (draft, ttl) -> draft.failureTtl = ttl),
          new Option<>(
              new Row(
                  "disable SORT [ZONES...]",
                  "none; without ZONES: those of the directive",
                  "`success`, `denial`; names and prefixes",
                  "does not keep replies of this sort for these names and the names below; several"
                      + " lines add up"),
              CacheOptionTable::readDisable),
          Option.flag(
              "keepttl",
              "replies keep their TTL until they expire",
              (draft, is) -> draft.keepTtl = is),
          Option.refused(
              "prefer_positive", "it is a policy; write serve_stale_policy prefer_positive"));

  private CacheOptionTable() {}

  private static Option<CacheDraft> bounds(
      String name, int maxTtlSeconds, String text, Function<CacheDraft, Sort> sort) {
    return new Option<>(
        new Row(
            name + " CAPACITY [TTL [MINTTL]]",
            "%d; TTL: that of the line, or %d; MINTTL: %d"
                .formatted(Cache.DEFAULT_CAPACITY, maxTtlSeconds, Cache.DEFAULT_MIN_TTL_SECONDS),
            "%s replies; %s seconds; 0 to TTL".formatted(CAPACITY.range(), TTL.range()),
            text),
        (arguments, draft) -> readBounds(arguments, sort.apply(draft)));
  }

  private static void readBounds(Arguments arguments, Sort sort) {
    if (!arguments.has(1, 3, "a capacity, maybe a TTL, and maybe a least TTL")) {
      return;
    }
    sort.capacity = CAPACITY.read(arguments, 0);
    if (arguments.count() > 1) {
      sort.maxTtlSeconds = TTL.read(arguments, 1);
    }
    if (arguments.count() > 2) {
      sort.minTtlSeconds = MIN_TTL.read(arguments, 2);
    }
  }

  private static void readPrefetch(Arguments arguments, CacheDraft draft) {
    if (!arguments.has(1, 3, "a number of hits, maybe a duration, and maybe a percentage")) {
      return;
    }
    int hits = HITS.read(arguments, 0);
    Duration window =
        arguments.count() > 1
            ? arguments.duration(1, Duration.ofMillis(1), MAX_WINDOW)
            : Cache.Prefetch.DEFAULT_WINDOW;
    int percentage =
        arguments.count() > 2 ? percentage(arguments) : Cache.Prefetch.DEFAULT_PERCENTAGE;
    draft.prefetch = new Cache.Prefetch(hits, window, percentage);
  }

  private static int percentage(Arguments arguments) {
    String text = arguments.text(2);
    if (text.matches("[1-8][0-9]%|90%")) {
      return Integer.parseInt(text.substring(0, 2));
    }
    arguments.expected(arguments.word(2), "a percentage from 10% to 90%");
    return Cache.Prefetch.DEFAULT_PERCENTAGE;
  }

  private static void readStale(Arguments arguments, CacheDraft draft) {
    boolean verify = arguments.count() > 1 && isVerify(arguments);
    int ttlAt = verify ? 3 : 2;
    String timeout = verify ? "a timeout, " : "";
    if (!arguments.has(
        0,
        ttlAt + 2,
        "at most a duration, immediate or verify, " + timeout + "a TTL, and a time to wait")) {
      return;
    }
    int count = arguments.count();
    CacheDraft.Stale stale = draft.stale;
    stale.duration =
        count > 0 ? arguments.duration(0, Duration.ZERO, MAX_STALE) : Cache.Stale.DEFAULT_DURATION;
    stale.verify = verify;
    stale.verifyTimeout =
        verify && count > 2 ? arguments.duration(2, Duration.ZERO, MAX_WINDOW) : Duration.ZERO;
    stale.ttlSeconds = count > ttlAt ? staleTtl(arguments, ttlAt) : Cache.Stale.DEFAULT_TTL_SECONDS;
    stale.recheck =
        count > ttlAt + 1
            ? arguments.duration(ttlAt + 1, Duration.ZERO, Cache.Stale.MAX_RECHECK)
            : null;
  }

  private static int staleTtl(Arguments arguments, int index) {
    Duration ttl =
        arguments.duration(index, Duration.ZERO, Duration.ofSeconds(Cache.MAX_TTL_SECONDS));
    if (!ttl.equals(Duration.ofSeconds(ttl.toSeconds()))) {
      arguments.expected(arguments.word(index), "whole seconds");
    }
    return (int) ttl.toSeconds();
  }

  private static boolean isVerify(Arguments arguments) {
    if (arguments.text(1).toLowerCase(Locale.ROOT).equals("immediate")) {
      return false;
    }
    return arguments.text(1).toLowerCase(Locale.ROOT).equals("verify")
        || arguments.keyword(1, MODES) == 1;
  }

  private static void readDisable(Arguments arguments, CacheDraft draft) {
    if (!arguments.hasSome("success or denial, and maybe zones")) {
      return;
    }
    Sort sort = arguments.keyword(0, SORTS) == 0 ? draft.success : draft.denial;
    List<Name> zones =
        arguments.count() == 1
            ? draft.zones
            : arguments.zones(arguments.words().subList(1, arguments.count()));
    sort.disabled.addAll(zones);
  }
}
