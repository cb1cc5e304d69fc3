package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Forward.Route;
import io.clusterzone.dns.config.Forward.Tls;
import io.clusterzone.dns.config.Forward.Transport;
import io.clusterzone.dns.config.Forward.Upstream;
import io.clusterzone.dns.config.PemFile;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ForwardTest {
  private static final String UNIT = "a number from 0 to 2147483647, not ";

  private static final Map<String, String> FILES =
      Map.of(
          "/etc/resolv.conf",
          """
          # nameserver 192.0.2.9
          ; nameserver 192.0.2.9
          domain example.org
          nameserver 192.0.2.1
          \tnameserver\t2001:db8::1 # the second
          nameserver
          nameservers 192.0.2.9
          options ndots:5
          """,
          "resolv.conf",
          "nameserver 192.0.2.2",
          "none",
          "search example.org\n",
          "bad",
          "nameserver dns.example\n",
          "many",
          "nameserver 192.0.2.1\n".repeat(15),
          "more",
          "nameserver 192.0.2.1\n".repeat(16));

  static List<Arguments> upstreams() {
    return List.of(
        to("192.0.2.1", dns("192.0.2.1", 53)),
        to("192.0.2.1:5353", dns("192.0.2.1", 5353)),
        to("dns://192.0.2.1", dns("192.0.2.1", 53)),
        to("dns://192.0.2.1:65535", dns("192.0.2.1", 65535)),
        to("2001:db8::1", dns("2001:db8::1", 53)),
        to("[2001:db8::1]", dns("2001:db8::1", 53)),
        to("[2001:db8::1]:1", dns("2001:db8::1", 1)),
        to("dns://[2001:db8::1]:54", dns("2001:db8::1", 54)),
        to("::ffff:192.0.2.1", dns("::ffff:192.0.2.1", 53)),
        to("fe80::1%1", dns("fe80::1%1", 53)),
        to("fe80::1%1:54", dns("fe80::1%1", 54)),
        to("[fe80::1%1]:54", dns("fe80::1%1", 54)),
        to("tls://192.0.2.1", tls("192.0.2.1", 853, "")),
        to("tls://192.0.2.1:8853", tls("192.0.2.1", 8853, "")),
        to("tls://192.0.2.1%dns.example", tls("192.0.2.1", 853, "dns.example")),
        to("tls://192.0.2.1%dns.example:8853", tls("192.0.2.1", 8853, "dns.example")),
        to("tls://2001:db8::1%dns.example", tls("2001:db8::1", 853, "dns.example")),
        to("tls://2001:db8::1%dns.example:54", tls("2001:db8::1", 54, "dns.example")),
        to("tls://[2001:db8::1%dns.example]:54", tls("2001:db8::1", 54, "dns.example")),
        to("/etc/resolv.conf", dns("192.0.2.1", 53), dns("2001:db8::1", 53)),
        to("dns:///etc/resolv.conf", dns("192.0.2.1", 53), dns("2001:db8::1", 53)),
        to("resolv.conf", dns("192.0.2.2", 53)),
        to("192.0.2.7 resolv.conf", dns("192.0.2.7", 53), dns("192.0.2.2", 53)),
        to("192.0.2.1 192.0.2.1", dns("192.0.2.1", 53), dns("192.0.2.1", 53)));
  }

  @ParameterizedTest
  @MethodSource("upstreams")
  void readsUpstreams(String to, List<Upstream> expected) {
    assertThat(route("forward . " + to).upstreams()).isEqualTo(expected);
  }

  @Test
  void takesFifteenUpstreams() {
    assertThat(route("forward . many").upstreams()).hasSize(Forward.MAX_UPSTREAMS);
  }

  static List<Arguments> options() {
    return List.of(
        row("except a.example B.example", Route::except, names("a.example", "b.example")),
        row("except a\nexcept 10.0.0.0/8", Route::except, names("a", "10.in-addr.arpa")),
        row("force_tcp", Route::transport, Transport.TCP),
        row("prefer_udp", Route::transport, Transport.UDP_FIRST),
        row("prefer_udp\nforce_tcp", Route::transport, Transport.TCP),
        row("policy random", Route::policy, Forward.Policy.RANDOM),
        row("policy round_robin", Route::policy, Forward.Policy.ROUND_ROBIN),
        row("policy sequential", Route::policy, Forward.Policy.SEQUENTIAL),
        row("expire 0s", connections(Forward.Connections::expire), Duration.ZERO),
        row("expire 1m30s", connections(Forward.Connections::expire), Duration.ofSeconds(90)),
        row("max_age 10m", connections(Forward.Connections::maxAge), Duration.ofMinutes(10)),
        row("max_idle_conns 7", connections(Forward.Connections::maxIdle), 7),
        row(
            "read_timeout 7s",
            connections(Forward.Connections::readTimeout),
            Duration.ofSeconds(7)),
        row("source_address 192.0.2.7", connections(ForwardTest::source), address("192.0.2.7")),
        row("source_address 2001:db8::7", connections(ForwardTest::source), address("2001:db8::7")),
        row("max_fails 0", health(Forward.Health::maxFails), 0),
        row("max_fails 3", health(Forward.Health::maxFails), 3),
        row("max_connect_attempts 4", health(Forward.Health::maxAttempts), 4),
        row("health_check 5s", health(Forward.Health::interval), Duration.ofSeconds(5)),
        row("health_check 5s", health(Forward.Health::recursion), true),
        row("health_check 5s no_rec", health(Forward.Health::recursion), false),
        row("health_check 1s domain A.Example.", health(Forward.Health::domain), name("a.example")),
        row(
            "health_check 1s no_rec domain a.example",
            Route::health,
            new Forward.Health(2, Duration.ofSeconds(1), false, name("a.example"), 0, false)),
        row(
            "health_check 1s domain a.example no_rec",
            Route::health,
            new Forward.Health(2, Duration.ofSeconds(1), false, name("a.example"), 0, false)),
        row(
            "health_check 1s domain a.example no_rec\nhealth_check 2s",
            Route::health,
            new Forward.Health(2, Duration.ofSeconds(2), true, Name.ROOT, 0, false)),
        row("failfast_all_unhealthy_upstreams", health(Forward.Health::failFast), true),
        row("max_concurrent 1000", Route::maxConcurrent, 1000),
        row("max_concurrent 0", Route::maxConcurrent, 4096),
        row("failover SERVFAIL refused", Route::failover, Set.of(2, 5)),
        row("failover NOTIMP\nfailover NotImpl NOTZONE", Route::failover, Set.of(4, 10)),
        row("next NXDOMAIN", Route::next, Set.of(3)),
        row("next NOERROR formerr", Route::next, Set.of(0, 1)),
        row("next_on_nodata", Route::nextOnNodata, true),
        row("tls", Route::tls, new Tls(PemFile.NONE, PemFile.NONE, PemFile.NONE)),
        row("tls ca", Route::tls, new Tls(PemFile.NONE, PemFile.NONE, pem("ca"))),
        row("tls cert key", Route::tls, new Tls(pem("cert"), pem("key"), PemFile.NONE)),
        row("tls cert key ca", Route::tls, new Tls(pem("cert"), pem("key"), pem("ca"))));
  }

  private static InetAddress source(Forward.Connections connections) {
    return Objects.requireNonNull(connections.source());
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  private static PemFile pem(String path) {
    return new PemFile(path, Objects.requireNonNull(Corefiles.NAMED.get(path)));
  }

  @Test
  void tellsTheFilesOfTlsWithoutTheirTexts() {
    assertThat(route("forward . 192.0.2.1 {\ntls cert key\n}").toString())
        .contains("Tls[certificate=cert, key=key, authority=]");
  }

  @Test
  void whatStandsInItsFilesIsPartOfIt() {
    String lines = "forward . resolv {\ntls ca\n}";
    Map<String, String> files = new HashMap<>(Corefiles.NAMED);
    files.put("resolv", "nameserver 192.0.2.1\n");
    Forward first = Corefiles.directive(lines, files, Forward.class);
    files.put("resolv", "nameserver 192.0.2.1\nsearch example.org\n");
    assertThat(Corefiles.directive(lines, files, Forward.class)).isEqualTo(first);
    files.put("resolv", "nameserver 192.0.2.2\n");
    Forward second = Corefiles.directive(lines, files, Forward.class);
    files.put("ca", files.get("ca") + "\n");
    Forward third = Corefiles.directive(lines, files, Forward.class);
    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    assertThat(Stream.of(first, second, third).map(Forward::withoutTexts).distinct()).hasSize(1);
    assertThat(Corefiles.directive("forward . 192.0.2.1", Forward.class).withoutTexts())
        .isNotEqualTo(Corefiles.directive("forward . 192.0.2.2", Forward.class).withoutTexts());
  }

  @ParameterizedTest
  @MethodSource("options")
  void readsOptions(String option, Function<Route, Object> part, Object expected) {
    Route route = route("forward . 192.0.2.1 {\n" + option + "\n}");
    assertThat(part.apply(route)).isEqualTo(expected);
  }

  @Test
  void givesTheServerNameToUpstreamsOverTls() {
    Route route = route("forward . tls://192.0.2.1 192.0.2.2 {\n tls_servername dns.example\n}");
    assertThat(route.upstreams())
        .containsExactly(tls("192.0.2.1", 853, "dns.example"), dns("192.0.2.2", 53));
  }

  @Test
  void keepsLinesInTheOrderOfTheFile() {
    Forward forward =
        Corefiles.directive(
            "forward Lab.Example.org 192.0.2.1\nforward 10.0.0.0/15 192.0.2.2\nforward . 192.0.2.3",
            Forward.class);
    assertThat(forward.routes())
        .extracting(Route::from)
        .containsExactly(
            names("lab.example.org"), names("0.10.in-addr.arpa", "1.10.in-addr.arpa"), names("."));
  }

  /// Files change under a server, and then it is better to lack upstreams than to lack the cluster;
  /// what the Corefile itself says wrong is wrong for good.
  @ParameterizedTest
  @CsvSource({
    "/etc/nothing, true",
    "none, true",
    "bad, true",
    "192.0.2.1 /etc/nothing none, true",
    "192.0.2.1, true",
    "dns.example, false",
    "/etc/nothing dns.example, false",
    "/etc/nothing 192.0.2.1:0, false",
    "tls:///etc/nothing, false",
    "more, false"
  })
  void aServerStartsWithoutWhatBadFilesWouldSay(String to, boolean startable) {
    CorefileReading reading = Corefiles.read(".:53 {\nforward . " + to + "\n}", FILES);
    assertThat(reading.startable()).isEqualTo(startable);
    if (startable) {
      Forward forward = Objects.requireNonNull(reading.legible().findFirst(Forward.class));
      assertThat(forward.routes().getFirst().upstreams())
          .hasSize(to.startsWith("192.0.2.1") ? 1 : 0);
    }
  }

  static List<Arguments> mistakes() {
    String none = "2:1: forward: expected a zone and at least one upstream";
    String noHost =
        " is no upstream: it is no IP address and no file; host names are not looked"
            + " up, write the address";
    return List.of(
        mistake("forward", none),
        mistake("forward .", none),
        mistake(
            "forward a..b 192.0.2.1",
            "2:9: forward: \"a..b\" is not a zone: a name with an empty label: \"a..b\""),
        mistake("forward . dns.example", "2:11: forward: \"dns.example\"" + noHost),
        mistake("forward . dns.example:53", "2:11: forward: \"dns.example:53\"" + noHost),
        mistake("forward . 192.0.2", "2:11: forward: \"192.0.2\"" + noHost),
        mistake("forward . 2001:db8::x", "2:11: forward: \"2001:db8::x\"" + noHost),
        mistake("forward . a\0b", "2:11: forward: \"a\\u0000b\"" + noHost),
        mistake(
            "forward . /etc/nothing",
            "2:11: forward: \"/etc/nothing\" is no upstream: there is no such file"),
        mistake(
            "forward . {$NONE}",
            "2:11: forward: \"\" is no upstream: it is empty; is an environment variable not set?"),
        mistake(
            "forward . none",
            "2:11: forward: \"none\" is no upstream: it has no line \"nameserver ADDRESS\""),
        mistake(
            "forward . bad",
            "2:11: forward: \"bad\" is no upstream: its name server \"dns.example\" is no IP"
                + " address"),
        mistake(
            "forward . 192.0.2.1:0 192.0.2.1:65536 [::1]x 192.0.2.1:",
            "2:11: forward: \"192.0.2.1:0\" is no upstream: a port is 1 to 65535",
            "2:23: forward: \"192.0.2.1:65536\" is no upstream: a port is 1 to 65535",
            "2:39: forward: \"[::1]x\" is no upstream: a port is 1 to 65535",
            "2:46: forward: \"192.0.2.1:\" is no upstream: a port is 1 to 65535"),
        mistake(
            "forward . https://192.0.2.1",
            "2:11: forward: \"https://192.0.2.1\" is no upstream: upstreams over https:// are not"
                + " served; write dns:// or tls://"),
        mistake(
            "forward . tls://dns.example tls:///etc/resolv.conf",
            "2:11: forward: \"tls://dns.example\" is no upstream: after tls:// an IP address is"
                + " expected",
            "2:29: forward: \"tls:///etc/resolv.conf\" is no upstream: after tls:// an IP address"
                + " is expected"),
        mistake(
            "forward . fe80::1%none",
            "2:11: forward: \"fe80::1%none\" is no upstream: this host has no interface none with"
                + " IPv6"),
        mistake("forward . more", "2:11: forward: more than 15 upstreams"),
        mistake(
            "forward . 192.0.2.1" + " 192.0.2.1".repeat(15),
            "2:161: forward: more than 15 upstreams"),
        mistake(
            "forward . tls://192.0.2.1%a {\n tls_servername b\n}",
            "2:1: forward: it may have \"tls_servername\" or a server name after \"%\", not both"),
        option("except", "3:1: forward except: expected at least one name"),
        option("force_tcp x", "3:11: forward force_tcp: expected nothing after it, not \"x\""),
        option("prefer_udp x", "3:12: forward prefer_udp: expected nothing after it, not \"x\""),
        option(
            "policy first",
            "3:8: forward policy: expected random, round_robin, sequential, not \"first\""),
        option("policy", "3:1: forward policy: expected one of random, round_robin, sequential"),
        option("expire", "3:1: forward expire: expected one duration"),
        option("expire 5", "3:8: forward expire: expected a duration from 0s to 24h, not \"5\""),
        option(
            "expire -5s", "3:8: forward expire: expected a duration from 0s to 24h, not \"-5s\""),
        option(
            "max_age 25h", "3:9: forward max_age: expected a duration from 0s to 24h, not \"25h\""),
        option(
            "read_timeout 0",
            "3:14: forward read_timeout: expected a duration from 1ms to 5m, not \"0\""),
        option("source_address", "3:1: forward source_address: expected one IP address"),
        option(
            "source_address eth0",
            "3:16: forward source_address: expected an IP address, not \"eth0\""),
        option("max_idle_conns -1", "3:16: forward max_idle_conns: expected " + UNIT + "\"-1\""),
        option(
            "max_fails 2147483648", "3:11: forward max_fails: expected " + UNIT + "\"2147483648\""),
        option(
            "max_connect_attempts x",
            "3:22: forward max_connect_attempts: expected " + UNIT + "\"x\""),
        option(
            "max_concurrent 1000001",
            "3:16: forward max_concurrent: expected a number of questions from 0 to 1000000, not"
                + " \"1000001\""),
        option(
            "health_check",
            "3:1: forward health_check: expected a duration, maybe no_rec, and maybe domain and a"
                + " name"),
        option(
            "health_check 1ms",
            "3:14: forward health_check: expected a duration from 10ms to 24h, not \"1ms\""),
        option(
            "health_check 1s rec domain",
            "3:17: forward health_check: expected no_rec, or domain and a name, not \"rec\"",
            "3:21: forward health_check: expected no_rec, or domain and a name, not \"domain\""),
        option(
            "health_check 1s domain a..b",
            "3:24: forward health_check: \"a..b\" is no name: a name with an empty label:"
                + " \"a..b\""),
        option(
            "tls a b c d",
            "3:11: forward tls: expected at most three files: certificate, key, authority, not"
                + " \"d\""),
        option("tls_servername", "3:1: forward tls_servername: expected one name"),
        option("next", "3:1: forward next: expected at least one response code"),
        option(
            "next NXDOMIAN",
            "3:6: forward next: expected one of NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP,"
                + " REFUSED, YXDOMAIN, YXRRSET, NXRRSET, NOTAUTH, NOTZONE, not \"NXDOMIAN\""),
        option("failover NOERROR", "3:1: forward failover: a reply with NOERROR is no failure"),
        option(
            "next_on_nodata x",
            "3:16: forward next_on_nodata: expected nothing after it, not \"x\""),
        option(
            "failfast_all_unhealthy_upstreams x",
            "3:34: forward failfast_all_unhealthy_upstreams: expected nothing after it, not \"x\""),
        option(
            "doh_method GET",
            "3:1: forward doh_method: upstreams over https:// are not served; use tls:// and remove"
                + " the line"),
        option(
            "resolver 192.0.2.1",
            "3:1: forward resolver: names are not looked up; write addresses and remove the line"),
        option(
            "max_fail 1",
            "3:1: forward: unknown option \"max_fail\"; did you mean \"max_fails\"?"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsMistakes(String lines, List<String> expected) {
    assertThat(Corefiles.problems(". {\n" + lines + "\n}\n", FILES))
        .isEqualTo("Corefile:" + String.join("\nCorefile:", expected));
  }

  private static Route route(String line) {
    var files = new HashMap<>(Corefiles.NAMED);
    files.putAll(FILES);
    Forward forward = Corefiles.directive(line, files, Forward.class);
    assertThat(forward.routes()).hasSize(1);
    return forward.routes().getFirst();
  }

  private static Arguments to(String text, Upstream... expected) {
    return Arguments.of(text, List.of(expected));
  }

  private static Upstream dns(String address, int port) {
    return new Upstream(socket(address, port), false, "");
  }

  private static Upstream tls(String address, int port, String serverName) {
    return new Upstream(socket(address, port), true, serverName);
  }

  private static InetSocketAddress socket(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static Arguments row(String option, Function<Route, Object> part, Object expected) {
    return Arguments.of(option, part, expected);
  }

  private static Function<Route, Object> connections(Function<Forward.Connections, Object> part) {
    return route -> part.apply(route.connections());
  }

  private static Function<Route, Object> health(Function<Forward.Health, Object> part) {
    return route -> part.apply(route.health());
  }

  private static Arguments mistake(String lines, String... expected) {
    return Arguments.of(lines, List.of(expected));
  }

  private static Arguments option(String option, String... expected) {
    return Arguments.of("forward . 192.0.2.1 {\n" + option + "\n}", List.of(expected));
  }

  private static Name name(String text) {
    return Name.parse(text);
  }

  private static List<Name> names(String... names) {
    return Stream.of(names).map(Name::parse).toList();
  }
}
