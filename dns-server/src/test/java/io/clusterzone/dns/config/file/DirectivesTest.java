package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Acl;
import io.clusterzone.dns.config.Any;
import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.Bufsize;
import io.clusterzone.dns.config.Chaos;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.Errors.Consolidation;
import io.clusterzone.dns.config.Errors.Level;
import io.clusterzone.dns.config.LoadBalance;
import io.clusterzone.dns.config.Log;
import io.clusterzone.dns.config.Log.ResponseClass;
import io.clusterzone.dns.config.Log.Rule;
import io.clusterzone.dns.config.Minimal;
import io.clusterzone.dns.config.Network;
import io.clusterzone.dns.config.Nsid;
import io.clusterzone.dns.config.Whoami;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DirectivesTest {
  private static final Set<ResponseClass> ALL = EnumSet.allOf(ResponseClass.class);

  static List<Arguments> meanings() {
    return List.of(
        Arguments.of("any", new Any()),
        Arguments.of("acl {\n block\n}", acl("example.org", policy(Acl.Action.BLOCK, Set.of()))),
        Arguments.of(
            "acl A.example {\n allow net 10.1.2.3/8 ::1 type a TYPE65\n drop type ANY net *\n}",
            acl(
                "a.example",
                policy(Acl.Action.ALLOW, Set.of(1, 65), "10.0.0.0/8", "::1/128"),
                policy(Acl.Action.DROP, Set.of(255)))),
        Arguments.of(
            "acl {\n filter net 10.0.0.1 net fd00::/8\n}\nacl a {\n block type *\n}",
            new Acl(
                List.of(
                    acl("example.org", policy(Acl.Action.FILTER, Set.of(), "10.0.0.1", "fd00::/8"))
                        .rules()
                        .getFirst(),
                    acl("a", policy(Acl.Action.BLOCK, Set.of())).rules().getFirst()))),
        Arguments.of("debug", new Debug()),
        Arguments.of("minimal", new Minimal()),
        Arguments.of("whoami", new Whoami()),
        Arguments.of("\"any\"", new Any()),
        Arguments.of("bind 127.0.0.1", bind("127.0.0.1")),
        Arguments.of("bind 127.0.0.1 ::1", bind("127.0.0.1", "::1")),
        Arguments.of("bind 127.0.0.1\nbind ::1", bind("127.0.0.1", "::1")),
        Arguments.of("bind lo eth0", bind("127.0.0.1", "::1", "192.0.2.1")),
        Arguments.of("bind lo 127.0.0.1", bind("127.0.0.1", "::1")),
        Arguments.of("bind lo {\n except 127.0.0.1\n}", bind("::1")),
        Arguments.of(
            "bind lo {\n except eth0\n}\nbind eth0", bind("127.0.0.1", "::1", "192.0.2.1")),
        Arguments.of("bufsize 512", new Bufsize(512)),
        Arguments.of("bufsize 4096", new Bufsize(4096)),
        Arguments.of("chaos 1.0", new Chaos("1.0", List.of())),
        Arguments.of("chaos 1.0 b a b", new Chaos("1.0", List.of("a", "b"))),
        Arguments.of("nsid one two", new Nsid("one two")),
        Arguments.of("nsid \"one  two\"", new Nsid("one  two")),
        Arguments.of("loadbalance round_robin", LoadBalance.DEFAULT),
        Arguments.of("errors stdout", Errors.DEFAULT),
        Arguments.of("errors {\n stacktrace\n}", new Errors(true, List.of())),
        Arguments.of(
            "errors {\n consolidate 5m \".* i/o timeout$\" warning\n consolidate 1m30s ^a\n"
                + " consolidate 1s b show_first\n consolidate 1s c info show_first\n}",
            new Errors(
                false,
                List.of(
                    new Consolidation(
                        Duration.ofMinutes(5), ".* i/o timeout$", Level.WARNING, false),
                    new Consolidation(Duration.ofSeconds(90), "^a", Level.ERROR, false),
                    new Consolidation(Duration.ofSeconds(1), "b", Level.ERROR, true),
                    new Consolidation(Duration.ofSeconds(1), "c", Level.INFO, true)))),
        Arguments.of("log example.org", log(rule("example.org", Log.COMMON_FORMAT, ALL))),
        Arguments.of(
            "log A.example 10.0.0.0/8",
            log(
                rule("a.example", Log.COMMON_FORMAT, ALL),
                rule("10.in-addr.arpa", Log.COMMON_FORMAT, ALL))),
        Arguments.of("log . {combined}", log(rule(".", Log.COMBINED_FORMAT, ALL))),
        Arguments.of("log {common}", log(rule(".", Log.COMMON_FORMAT, ALL))),
        Arguments.of("log \"{name} {type}\"", log(rule(".", "{name} {type}", ALL))),
        Arguments.of(
            "log . {\n class denial\n class error\n}",
            log(
                rule(
                    ".",
                    Log.COMMON_FORMAT,
                    EnumSet.of(ResponseClass.DENIAL, ResponseClass.ERROR)))),
        Arguments.of("log . {\n class success all\n}", log(rule(".", Log.COMMON_FORMAT, ALL))),
        Arguments.of(
            "log a \"{name}\" {\n class success\n}\nlog b",
            log(
                rule("a", "{name}", EnumSet.of(ResponseClass.SUCCESS)),
                rule("b", Log.COMMON_FORMAT, ALL))));
  }

  private static Acl acl(String zone, Acl.Policy... policies) {
    return new Acl(List.of(new Acl.Rule(List.of(Name.parse(zone)), List.of(policies))));
  }

  private static Acl.Policy policy(Acl.Action action, Set<Integer> types, String... networks) {
    return new Acl.Policy(action, types, Stream.of(networks).map(Network::parse).toList());
  }

  @ParameterizedTest
  @MethodSource("meanings")
  void readsDirectives(String lines, Directive expected) {
    assertThat(Corefiles.directive(lines, Directive.class)).isEqualTo(expected);
  }

  static List<Arguments> mistakes() {
    return List.of(
        mistake("acl", "2:1: acl: expected a block with allow, block, filter or drop in it"),
        mistake("acl {\n}", "2:1: acl: expected a block with allow, block, filter or drop in it"),
        mistake(
            "acl {\n deny\n}",
            "2:1: acl: expected a block with allow, block, filter or drop in it",
            "3:2: acl: unknown option \"deny\""),
        mistake(
            "acl {\n block 10.0.0.0/8\n}",
            "3:8: acl block: expected type or net, not \"10.0.0.0/8\""),
        mistake("acl {\n block net\n}", "3:8: acl block: expected something after net"),
        mistake("acl {\n block type net ::1\n}", "3:8: acl block: expected something after type"),
        mistake(
            "acl {\n block net 10.0.0.0/33\n}",
            "3:12: acl block: \"10.0.0.0/33\" is no address and no network such as 10.0.0.0/8:"
                + " the length of a prefix is a number from 0 to 32"),
        mistake(
            "acl {\n block type AAAAA\n}",
            "3:13: acl block: \"AAAAA\" is no type such as A, HTTPS or TYPE65"),
        mistake(
            "acl {\n block {\n }\n}",
            "3:2: acl block: it has no block; remove the braces and" + " what is between them"),
        mistake("any x", "2:5: any: expected nothing after it, not \"x\""),
        mistake(
            "debug {\n}",
            "2:1: debug: it has no block; remove the braces and what is between them"),
        mistake("bind", "2:1: bind: expected at least one address or interface"),
        mistake(
            "bind eth9",
            "2:6: bind: \"eth9\" is no IP address and no interface of this host with one"),
        mistake(
            "bind 127.0.0",
            "2:6: bind: \"127.0.0\" is no IP address and no interface of this host with one"),
        mistake(
            "bind fe80::1%none",
            "2:6: bind: \"fe80::1%none\" is no IP address and no interface of this host with one"),
        mistake(
            "bind lo {\n except\n}",
            "3:2: bind except: expected at least one address or interface"),
        mistake("bind lo {\n except lo\n}", "2:1: bind: \"except\" leaves no address"),
        mistake(
            "bind lo {\n excpet ::1\n}",
            "3:2: bind: unknown option \"excpet\"; did you mean \"except\"?"),
        mistake(
            "bufsize 511",
            "2:9: bufsize: expected a number of octets from 512 to 4096, not \"511\""),
        mistake(
            "bufsize 4097",
            "2:9: bufsize: expected a number of octets from 512 to 4096, not \"4097\""),
        mistake(
            "bufsize big",
            "2:9: bufsize: expected a number of octets from 512 to 4096, not \"big\""),
        mistake("bufsize 512 1", "2:13: bufsize: expected at most one size, not \"1\""),
        mistake("chaos " + "x".repeat(256), "2:7: chaos: at most 255 octets fit"),
        mistake("nsid " + "ä".repeat(128), "2:1: nsid: at most 128 octets fit"),
        mistake(
            "loadbalance weighted file",
            "2:13: loadbalance: this version has the policy round_robin only, not \"weighted\";"
                + " shares go by the number of endpoints, remove the word"),
        mistake(
            "loadbalance round_robin {\n prefer 10.0.0.0/8\n}",
            "3:2: loadbalance prefer: clients sort addresses themselves (RFC 6724); remove the"
                + " line"),
        mistake("errors stderr", "2:8: errors: expected stdout, not \"stderr\""),
        mistake(
            "errors {\n stacktrace on\n}",
            "3:13: errors stacktrace: expected nothing after it, not \"on\""),
        mistake(
            "errors {\n consolidate 5m\n}",
            "3:2: errors consolidate: expected a duration, a regular expression, maybe a level and"
                + " show_first"),
        mistake(
            "errors {\n consolidate 5m x info first\n}",
            "3:24: errors consolidate: expected show_first, not \"first\""),
        mistake(
            "errors {\n consolidate 5m " + "(".repeat(251) + ")".repeat(251) + "\n}",
            "3:17: errors consolidate: \""
                + "(".repeat(251)
                + ")".repeat(251)
                + "\" is not a regular expression to use: its groups are nested deeper than 250"),
        mistake(
            "errors {\n consolidate 5 (x warn\n}",
            "3:14: errors consolidate: expected a duration above zero such as 5s, 100ms or 1m30s,"
                + " not \"5\"",
            "3:16: errors consolidate: \"(x\" is not a regular expression to use: missing closing"
                + " )",
            "3:19: errors consolidate: expected error, warning, info, debug, not \"warn\""),
        mistake(
            "log a..b", "2:5: log: \"a..b\" is not a zone: a name with an empty label: \"a..b\""),
        mistake(
            "log . {\n class\n class good\n colour red\n}",
            "3:2: log class: expected at least one of success, denial, error, all",
            "4:8: log class: expected success, denial, error, all, not \"good\"",
            "5:2: log: unknown option \"colour\""),
        mistake(
            "bufsize 512\nbufsize 1232",
            "3:1: bufsize: a server block may have it once, and line 2 says something else"),
        mistake("bufsiz", "2:1: unknown directive \"bufsiz\"; did you mean \"bufsize\"?"),
        mistake(
            "forwrad . 1.1.1.1", "2:1: unknown directive \"forwrad\"; did you mean \"forward\"?"),
        mistake("Log", "2:1: unknown directive \"Log\"; did you mean \"log\"?"),
        mistake("x\u001b[31m", "2:1: unknown directive \"x\\u001b[31m\""),
        mistake(
            "dnssec\nrewrite name a b",
            "2:1: dnssec: CoreDNS has this directive, but this version does not; remove it, and"
                + " forward to a server that signs the zone",
            "3:1: rewrite: CoreDNS has this directive, but this version does not; use a Service of"
                + " type ExternalName, or hosts, for other names"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsMistakes(String lines, List<String> expected) {
    assertThat(Corefiles.problems(". {\n" + lines + "\n}\n"))
        .isEqualTo("Corefile:" + String.join("\nCorefile:", expected));
  }

  @Test
  void matchesMessagesInLinearTime() {
    var consolidation = new Consolidation(Duration.ofSeconds(1), "(a*)*b", Level.INFO, false);
    String message = "a".repeat(50_000);
    assertThat(consolidation.matcher().test(message)).isFalse();
    assertThat(consolidation.matcher().test(message + "b")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "((a{1000}){1000}){1000} its",
        "a{1001} invalid",
        "(?=a) invalid",
        "\\1 invalid",
      })
  void refusesExpressionsThatAreNotLinear(String pattern, String message) {
    assertThat(Corefiles.problems(". {\n errors {\n consolidate 5s " + pattern + "\n}\n}\n"))
        .startsWith(
            "Corefile:3:17: errors consolidate: \""
                + pattern
                + "\" is not a regular expression to use: "
                + message);
  }

  private static Arguments mistake(String lines, String... expected) {
    return Arguments.of(lines, List.of(expected));
  }

  private static Bind bind(String... addresses) {
    return new Bind(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
  }

  private static Log log(Rule... rules) {
    return new Log(List.of(rules));
  }

  private static Rule rule(String name, String format, Set<ResponseClass> classes) {
    return new Rule(Name.parse(name), format, classes);
  }
}
