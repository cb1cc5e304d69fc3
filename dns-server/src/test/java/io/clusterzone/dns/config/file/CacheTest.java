package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Cache.Bounds;
import io.clusterzone.dns.config.Cache.Prefetch;
import io.clusterzone.dns.config.Cache.Stale;
import io.clusterzone.zones.name.Name;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CacheTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SERVFAIL = Duration.ofSeconds(5);

  static List<Arguments> meanings() {
    return List.of(
        row("cache 30", Cache::success, new Bounds(9984, 30, 0, List.of())),
        row("cache 30", Cache::denial, new Bounds(9984, 30, 0, List.of())),
        row("cache 30", Cache::zones, names("example.org")),
        row("cache A.example 10.0.0.0/8", Cache::zones, names("a.example", "10.in-addr.arpa")),
        row("cache 30 a.example", Cache::zones, names("a.example")),
        row("cache 30 a.example", Cache::success, new Bounds(9984, 30, 0, List.of())),
        row("cache 1 2 3", Cache::zones, names("2", "3")),
        option("success 100", Cache::success, new Bounds(100, 3600, 0, List.of())),
        option("success 100 60", Cache::success, new Bounds(100, 60, 0, List.of())),
        option("success 100 60 5", Cache::success, new Bounds(100, 60, 5, List.of())),
        option("success 100 60 5", Cache::denial, new Bounds(9984, 1800, 0, List.of())),
        option("denial 100", Cache::denial, new Bounds(100, 1800, 0, List.of())),
        option("denial 100 60 5", Cache::denial, new Bounds(100, 60, 5, List.of())),
        row("cache 30 {\n denial 100 60\n}", Cache::denial, new Bounds(100, 60, 0, List.of())),
        row("cache 30 {\n denial 100\n}", Cache::denial, new Bounds(100, 30, 0, List.of())),
        option("prefetch 0", Cache::prefetch, Prefetch.OFF),
        option("prefetch 10", Cache::prefetch, new Prefetch(10, Duration.ofMinutes(1), 10)),
        option("prefetch 10 5m", Cache::prefetch, new Prefetch(10, Duration.ofMinutes(5), 10)),
        option("prefetch 1 1s 90%", Cache::prefetch, new Prefetch(1, Duration.ofSeconds(1), 90)),
        option("serve_stale", Cache::stale, stale(HOUR, false, Duration.ZERO)),
        option("serve_stale 0", Cache::stale, Stale.OFF),
        option("serve_stale 2h", Cache::stale, stale(HOUR.multipliedBy(2), false, Duration.ZERO)),
        option("serve_stale 1h immediate", Cache::stale, stale(HOUR, false, Duration.ZERO)),
        option("serve_stale 1h Verify", Cache::stale, stale(HOUR, true, Duration.ZERO)),
        option(
            "serve_stale 1h verify 1800ms",
            Cache::stale,
            stale(HOUR, true, Duration.ofMillis(1800))),
        option(
            "serve_stale 1h immediate 20s",
            Cache::stale,
            new Stale(HOUR, false, Duration.ZERO, 20, SERVFAIL, false)),
        option(
            "serve_stale 1h immediate 0 40s",
            Cache::stale,
            new Stale(HOUR, false, Duration.ZERO, 0, Duration.ofSeconds(40), false)),
        option(
            "serve_stale 1h verify 100ms 20s",
            Cache::stale,
            new Stale(HOUR, true, Duration.ofMillis(100), 20, SERVFAIL, false)),
        option(
            "serve_stale 1h verify 0 1m 5m",
            Cache::stale,
            new Stale(HOUR, true, Duration.ZERO, 60, Duration.ofMinutes(5), false)),
        option(
            "serve_stale 1h\nservfail 7s",
            Cache::stale,
            new Stale(HOUR, false, Duration.ZERO, 30, Duration.ofSeconds(7), false)),
        option(
            "serve_stale_policy prefer_positive\nserve_stale",
            Cache::stale,
            new Stale(HOUR, false, Duration.ZERO, 30, SERVFAIL, true)),
        option("servfail 0", Cache::failureTtl, Duration.ZERO),
        option("servfail 5m", Cache::failureTtl, Duration.ofMinutes(5)),
        option("disable success", Cache::success, new Bounds(9984, 3600, 0, names("example.org"))),
        option("disable success", Cache::denial, new Bounds(9984, 1800, 0, List.of())),
        option(
            "disable denial a.example\ndisable denial b.example",
            Cache::denial,
            new Bounds(9984, 1800, 0, names("a.example", "b.example"))),
        row(
            "cache a.example {\n disable denial\n}",
            Cache::denial,
            new Bounds(9984, 1800, 0, names("a.example"))),
        option("keepttl", Cache::keepTtl, true));
  }

  @ParameterizedTest
  @MethodSource("meanings")
  void readsCache(String lines, Function<Cache, Object> part, Object expected) {
    assertThat(part.apply(Corefiles.directive(lines, Cache.class))).isEqualTo(expected);
  }

  static List<Arguments> mistakes() {
    String ttl = "expected a number of seconds from 1 to 2147483647, not ";
    return List.of(
        mistake("cache 0", "2:7: cache: " + ttl + "\"0\""),
        mistake("cache -1", "2:7: cache: " + ttl + "\"-1\""),
        mistake("cache 99999999999", "2:7: cache: " + ttl + "\"99999999999\""),
        mistake(
            "cache a..b",
            "2:7: cache: \"a..b\" is not a zone: a name with an empty label: \"a..b\""),
        problem(
            "success",
            "3:1: cache success: expected a capacity, maybe a TTL, and maybe a least TTL"),
        problem(
            "success 0",
            "3:9: cache success: expected a number of replies from 1 to 10000000, not \"0\""),
        problem("denial 1 0", "3:10: cache denial: " + ttl + "\"0\""),
        problem(
            "denial 1 1 -1",
            "3:12: cache denial: expected a number of seconds from 0 to 2147483647, not \"-1\""),
        problem(
            "denial 1 1 1 1",
            "3:14: cache denial: expected a capacity, maybe a TTL, and maybe a least TTL, not"
                + " \"1\""),
        problem(
            "prefetch",
            "3:1: cache prefetch: expected a number of hits, maybe a duration, and maybe a"
                + " percentage"),
        problem(
            "prefetch -1 0 9%",
            "3:10: cache prefetch: expected a number of hits from 0 to 2147483647, not \"-1\"",
            "3:13: cache prefetch: expected a duration from 1ms to 24h, not \"0\"",
            "3:15: cache prefetch: expected a percentage from 10% to 90%, not \"9%\""),
        problem(
            "prefetch 1 1m 50",
            "3:15: cache prefetch: expected a percentage from 10% to 90%, not \"50\""),
        problem(
            "prefetch 1 1m 91%",
            "3:15: cache prefetch: expected a percentage from 10% to 90%, not \"91%\""),
        problem(
            "serve_stale verify",
            "3:13: cache serve_stale: expected a duration from 0s to 8760h, not \"verify\""),
        problem(
            "serve_stale 1h soon",
            "3:16: cache serve_stale: expected immediate, verify, not \"soon\""),
        problem(
            "serve_stale 1h immediate 1s 1s 1s",
            "3:32: cache serve_stale: expected at most a duration, immediate or verify, a TTL, and"
                + " a time to wait, not \"1s\""),
        problem(
            "serve_stale 1h verify 1s 30s 30s 1s",
            "3:34: cache serve_stale: expected at most a duration, immediate or verify, a timeout,"
                + " a TTL, and a time to wait, not \"1s\""),
        problem(
            "serve_stale 1h immediate 1500ms 6m",
            "3:26: cache serve_stale: expected whole seconds, not \"1500ms\"",
            "3:33: cache serve_stale: expected a duration from 0s to 5m, not \"6m\""),
        problem(
            "serve_stale_policy", "3:1: cache serve_stale_policy: expected one of prefer_positive"),
        problem(
            "serve_stale\nserve_stale_policy fresh",
            "4:20: cache serve_stale_policy: expected prefer_positive, not \"fresh\""),
        problem(
            "serve_stale_policy prefer_positive",
            "2:1: cache: serve_stale_policy needs serve_stale beside it"),
        problem(
            "servfail 301s",
            "3:10: cache servfail: expected a duration from 0s to 5m, not \"301s\""),
        problem("servfail", "3:1: cache servfail: expected one duration"),
        problem("disable", "3:1: cache disable: expected success or denial, and maybe zones"),
        problem("disable all", "3:9: cache disable: expected success, denial, not \"all\""),
        problem("keepttl 5", "3:9: cache keepttl: expected nothing after it, not \"5\""),
        problem(
            "prefer_positive",
            "3:1: cache prefer_positive: it is a policy; write serve_stale_policy prefer_positive"),
        problem("succes 1", "3:1: cache: unknown option \"succes\"; did you mean \"success\"?"),
        mistake(
            "cache\ncache 30",
            "3:1: cache: a server block may have it once, and line 2 says something else"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsMistakes(String lines, List<String> expected) {
    assertThat(Corefiles.problems(". {\n" + lines + "\n}\n"))
        .isEqualTo("Corefile:" + String.join("\nCorefile:", expected));
  }

  private static Stale stale(Duration duration, boolean verify, Duration timeout) {
    return new Stale(duration, verify, timeout, 30, SERVFAIL, false);
  }

  private static Arguments row(String lines, Function<Cache, Object> part, Object expected) {
    return Arguments.of(lines, part, expected);
  }

  private static Arguments option(String option, Function<Cache, Object> part, Object expected) {
    return Arguments.of("cache {\n" + option + "\n}", part, expected);
  }

  private static Arguments mistake(String lines, String... expected) {
    return Arguments.of(lines, List.of(expected));
  }

  private static Arguments problem(String option, String... expected) {
    return Arguments.of("cache {\n" + option + "\n}", List.of(expected));
  }

  private static List<Name> names(String... names) {
    return Stream.of(names).map(Name::parse).toList();
  }
}
