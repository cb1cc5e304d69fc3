package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Admin;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Health;
import io.clusterzone.dns.config.Loop;
import io.clusterzone.dns.config.Multisocket;
import io.clusterzone.dns.config.Pprof;
import io.clusterzone.dns.config.Prometheus;
import io.clusterzone.dns.config.Ready;
import io.clusterzone.dns.config.Reload;
import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.config.Timeouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The directives that are about the process more than about questions.
final class ProcessDirectivesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  static List<Arguments> meanings() {
    return List.of(
        Arguments.of("loop", new Loop()),
        Arguments.of("health :8081", health(new InetSocketAddress(8081), Duration.ZERO)),
        Arguments.of("health localhost:8080", health(at("127.0.0.1", 8080), Duration.ZERO)),
        Arguments.of("health 192.0.2.1:0", health(at("192.0.2.1", 0), Duration.ZERO)),
        Arguments.of(
            "health [2001:db8::1]:65535 {\n lameduck 5s\n}",
            health(at("2001:db8::1", 65535), Duration.ofSeconds(5))),
        Arguments.of(
            "health {\n lameduck 0\n}", health(new InetSocketAddress(8080), Duration.ZERO)),
        Arguments.of("admin :9155", new Admin(new InetSocketAddress(9155))),
        Arguments.of("admin [::1]:9155", new Admin(at("::1", 9155))),
        Arguments.of("admin off", Admin.OFF),
        Arguments.of("pprof :6060", new Pprof(new InetSocketAddress(6060))),
        Arguments.of("prometheus :9153", new Prometheus(new InetSocketAddress(9153))),
        Arguments.of("prometheus 0.0.0.0:9153", new Prometheus(at("0.0.0.0", 9153))),
        Arguments.of(
            "ready :8182", new Ready(new InetSocketAddress(8182), Ready.Monitor.UNTIL_READY)),
        Arguments.of("ready {\n monitor until-ready\n}", Ready.DEFAULT),
        Arguments.of(
            "ready {\n monitor continuously\n}",
            new Ready(new InetSocketAddress(8181), Ready.Monitor.CONTINUOUSLY)),
        Arguments.of("reload 2s", new Reload(SECOND.multipliedBy(2), SECOND, null)),
        Arguments.of(
            "reload 10s", new Reload(SECOND.multipliedBy(10), SECOND.multipliedBy(5), null)),
        Arguments.of("reload 5s 0", new Reload(SECOND.multipliedBy(5), Duration.ZERO, null)),
        Arguments.of("reload 5s 0s", new Reload(SECOND.multipliedBy(5), Duration.ZERO, null)),
        Arguments.of("reload 1m 1s", new Reload(Duration.ofMinutes(1), SECOND, null)),
        Arguments.of(
            "reload 1m 1m", new Reload(Duration.ofMinutes(1), Duration.ofSeconds(30), null)),
        Arguments.of(
            "reload {\n last_good /var/lib/Corefile\n}",
            new Reload(
                Duration.ofSeconds(30), Duration.ofSeconds(15), Path.of("/var/lib/Corefile"))),
        Arguments.of("shadow ::1", shadow(10_000, Shadow.Queries.ZONES, at("::1", 53))),
        Arguments.of(
            "shadow 192.0.2.1:5353 [::1]:54 {\n sample 100%\n queries all\n}",
            shadow(1_000_000, Shadow.Queries.ALL, at("192.0.2.1", 5353), at("::1", 54))),
        Arguments.of(
            "shadow 192.0.2.1 {\n sample 0.0001%\n queries zones\n}",
            shadow(1, Shadow.Queries.ZONES, at("192.0.2.1", 53))),
        Arguments.of(
            "shadow 192.0.2.1 {\n max_inflight 4096\n timeout 10ms\n keep 1\n}",
            new Shadow(
                List.of(at("192.0.2.1", 53)),
                10_000,
                Shadow.Queries.ZONES,
                4096,
                Duration.ofMillis(10),
                1)),
        Arguments.of("shed {\n waiting 1\n}", new Shed(1, 0, Shed.Reply.SERVFAIL)),
        Arguments.of(
            "shed {\n waiting 1000000\n per_client 1000000\n reply refused\n}",
            new Shed(1_000_000, 1_000_000, Shed.Reply.REFUSED)),
        Arguments.of("shed {\n per_client 5000\n}", new Shed(0, 5000, Shed.Reply.SERVFAIL)),
        Arguments.of("shed {\n reply drop\n}", new Shed(0, 0, Shed.Reply.DROP)),
        Arguments.of("timeouts {\n read 1s\n}", timeouts(1, 5, 10)),
        Arguments.of("timeouts {\n write 24h\n}", timeouts(3, 86_400, 10)),
        Arguments.of("timeouts {\n idle 30\n read 7\n}", timeouts(7, 5, 30)),
        Arguments.of("multisocket 1", new Multisocket(1)),
        Arguments.of("multisocket 1024", new Multisocket(1024)));
  }

  @ParameterizedTest
  @MethodSource("meanings")
  void readsDirectives(String lines, Directive expected) {
    assertThat(Corefiles.directive(lines, Directive.class)).isEqualTo(expected);
  }

  static List<Arguments> mistakes() {
    String peer = "expected an IP address, with or without a port: ADDRESS, ADDRESS:PORT, not ";
    String address = "expected :PORT, ADDRESS:PORT, [ADDRESS]:PORT or localhost:PORT, not ";
    return List.of(
        mistake("loop x", "2:6: loop: expected nothing after it, not \"x\""),
        mistake("admin on", "2:7: admin: " + address.replace(", not ", " or off, not ") + "\"on\""),
        mistake(
            "admin off off", "2:11: admin: expected at most one address with a port, not \"off\""),
        mistake(
            "admin {\n off\n}",
            "2:1: admin: it has no block; remove the braces and what is between them"),
        mistake("health 8080", "2:8: health: " + address + "\"8080\""),
        mistake("health :65536", "2:8: health: " + address + "\":65536\""),
        mistake("health :http", "2:8: health: " + address + "\":http\""),
        mistake("health ::1:80", "2:8: health: " + address + "\"::1:80\""),
        mistake("health [127.0.0.1]:80", "2:8: health: " + address + "\"[127.0.0.1]:80\""),
        mistake("health node.example:80", "2:8: health: " + address + "\"node.example:80\""),
        mistake(
            "health :1 :2", "2:11: health: expected at most one address with a port, not \":2\""),
        mistake(
            "health {\n lameduck 2h\n}",
            "3:11: health lameduck: expected a duration from 0s to 1h, not \"2h\""),
        mistake("health {\n lameduck\n}", "3:2: health lameduck: expected one duration"),
        mistake("health {\n lame 5s\n}", "3:2: health: unknown option \"lame\""),
        mistake("shadow", "2:1: shadow: expected 1 to 8 IP addresses"),
        mistake("shadow dns.example", "2:8: shadow: " + peer + "\"dns.example\""),
        mistake("shadow :53", "2:8: shadow: " + peer + "\":53\""),
        mistake("shadow 0.0.0.0:53", "2:8: shadow: " + peer + "\"0.0.0.0:53\""),
        mistake("shadow 192.0.2.1:0", "2:8: shadow: " + peer + "\"192.0.2.1:0\""),
        mistake("shadow ::1 ::1", "2:12: shadow: \"::1\" stands here twice"),
        mistake(
            "shadow ::1 {\n sample 0%\n}",
            "3:9: shadow sample: expected a share such as 1%, above 0 and up to 100%, not \"0%\""),
        mistake(
            "shadow ::1 {\n sample 100.1%\n}",
            "3:9: shadow sample: expected a share such as 1%, above 0 and up to 100%, not"
                + " \"100.1%\""),
        mistake(
            "shadow ::1 {\n sample 5\n}",
            "3:9: shadow sample: expected a share such as 1%, above 0 and up to 100%, not \"5\""),
        mistake(
            "shadow ::1 {\n max_inflight 0\n}",
            "3:15: shadow max_inflight: expected a number of queries from 1 to 4096, not \"0\""),
        mistake(
            "shadow ::1 {\n timeout 11s\n}",
            "3:10: shadow timeout: expected a duration from 10ms to 10s, not \"11s\""),
        mistake(
            "shadow ::1 {\n queries some\n}",
            "3:10: shadow queries: expected zones, all, not \"some\""),
        mistake("prometheus 9153", "2:12: prometheus: " + address + "\"9153\""),
        mistake(
            "prometheus {\n runtime_metrics\n tls f\n}",
            "3:2: prometheus runtime_metrics: the metrics of this runtime are always there; remove"
                + " the line",
            "4:2: prometheus tls: leave the page at localhost, behind a proxy that has TLS, and"
                + " remove the line"),
        mistake("ready ready", "2:7: ready: " + address + "\"ready\""),
        mistake(
            "ready {\n monitor once\n}",
            "3:10: ready monitor: expected until-ready, continuously, not \"once\""),
        mistake("reload 1s", "2:8: reload: expected a duration from 2s to 24h, not \"1s\""),
        mistake("reload 5s 9ms", "2:11: reload: expected a duration from 1s to 24h, not \"9ms\""),
        mistake(
            "reload 5s 1s 1s",
            "2:14: reload: expected at most an interval and a jitter, not \"1s\""),
        mistake(
            "reload {\n last_good \"\"\n}",
            "3:12: reload last_good: this path is empty; is an environment variable not set?"),
        mistake(
            "reload {\n last_good /dev/null\n}",
            "3:12: reload last_good: \"/dev/null\" is not written to: it is a device, FIFO or"
                + " socket; name a file that is not there yet"),
        mistake("reload {\n last_good\n}", "3:2: reload last_good: expected one file"),
        mistake("shed 5", "2:6: shed: expected nothing after it, not \"5\""),
        mistake(
            "shed {\n waiting 0\n per_client x\n reply no\n}",
            "3:10: shed waiting: expected a number of queries from 1 to 1000000, not \"0\"",
            "4:13: shed per_client: expected a number of queries from 1 to 1000000, not \"x\"",
            "5:8: shed reply: expected servfail, refused, drop, not \"no\""),
        mistake(
            "shed {\n waiting 10\n per_client 11\n}",
            "2:1: shed: per_client 11 is more than waiting 10"),
        mistake("timeouts", "2:1: timeouts: expected a block with at least one timeout"),
        mistake("timeouts {\n}", "2:1: timeouts: expected a block with at least one timeout"),
        mistake(
            "timeouts {\n read 0\n write 900ms\n idle 86401\n}",
            "3:7: timeouts read: expected seconds from 1 to 86400, not \"0\"",
            "4:8: timeouts write: expected a duration from 1s to 24h, not \"900ms\"",
            "5:7: timeouts idle: expected seconds from 1 to 86400, not \"86401\""),
        mistake(
            "timeouts {\n maxtcpqueries 0\n}",
            "3:16: timeouts maxtcpqueries: expected a number of queries from 1 to 2147483647, not"
                + " \"0\""),
        mistake(
            "multisocket 0",
            "2:13: multisocket: expected a number of sockets from 1 to 1024, not \"0\""),
        mistake(
            "multisocket 1025",
            "2:13: multisocket: expected a number of sockets from 1 to 1024, not \"1025\""),
        mistake("multisocket 1 2", "2:15: multisocket: expected at most one number, not \"2\""));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsMistakes(String lines, List<String> expected) {
    assertThat(Corefiles.problems(". {\n" + lines + "\n}\n"))
        .isEqualTo("Corefile:" + String.join("\nCorefile:", expected));
  }

  @Test
  void firstBlockDecidesForTheProcess() {
    Corefile corefile = Corefiles.valid("a {\n any\n}\nb {\n reload 10s\n}\nc {\n reload\n}\n");
    Reload reload = corefile.findFirst(Reload.class);
    assertThat(reload).isNotNull();
    assertThat(reload).isEqualTo(new Reload(SECOND.multipliedBy(10), SECOND.multipliedBy(5), null));
    assertThat(corefile.findFirst(Health.class)).isNull();
  }

  private static Arguments mistake(String lines, String... expected) {
    return Arguments.of(lines, List.of(expected));
  }

  private static Shadow shadow(int sample, Shadow.Queries queries, InetSocketAddress... addresses) {
    return new Shadow(List.of(addresses), sample, queries, 256, Duration.ofSeconds(2), 100);
  }

  private static Health health(InetSocketAddress address, Duration lameduck) {
    return new Health(address, lameduck);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static Timeouts timeouts(int read, int write, int idle) {
    return new Timeouts(
        Duration.ofSeconds(read), Duration.ofSeconds(write), Duration.ofSeconds(idle), 0);
  }
}
