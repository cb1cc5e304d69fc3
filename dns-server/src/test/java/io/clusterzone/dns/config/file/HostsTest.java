package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.config.Hosts.Entry;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HostsTest {
  static List<Arguments> meanings() {
    return List.of(
        row("hosts NodeHosts", Hosts::file, Path.of("NodeHosts")),
        row("hosts NodeHosts", Hosts::zones, names("example.org")),
        row("hosts f A.example 10.0.0.0/8", Hosts::zones, names("a.example", "10.in-addr.arpa")),
        option("ttl 1", Hosts::ttlSeconds, 1),
        option("ttl 65535", Hosts::ttlSeconds, 65535),
        option("no_reverse", Hosts::reverse, false),
        option("reload 0", Hosts::reload, Duration.ZERO),
        option("reload 15s", Hosts::reload, Duration.ofSeconds(15)),
        option("fallthrough", Hosts::fallthrough, names(".")),
        option("fallthrough a.example", Hosts::fallthrough, names("a.example")),
        option("fallthrough", Hosts::fallthroughUnsupported, false),
        option("fallthrough a\nfallthrough_unsupported", Hosts::fallthroughUnsupported, true),
        option("ttl 60", Hosts::entries, List.of()),
        option(
            "192.0.2.1 A.example b", Hosts::entries, List.of(entry("192.0.2.1", "a.example", "b"))),
        option("fallthrough\n2001:db8::1 a", Hosts::entries, List.of(entry("2001:db8::1", "a"))),
        option(
            "192.0.2.1 a\nttl 60\n192.0.2.1 b",
            Hosts::entries,
            List.of(entry("192.0.2.1", "a"), entry("192.0.2.1", "b"))),
        option(
            "192.0.2.1 *.example.com",
            Hosts::entries,
            List.of(entry("192.0.2.1", "*.example.com"))),
        option("192.0.2.1 a", Hosts::file, Path.of("/etc/hosts")));
  }

  @ParameterizedTest
  @MethodSource("meanings")
  void readsHosts(String lines, Function<Hosts, Object> part, Object expected) {
    assertThat(part.apply(Corefiles.directive(lines, Hosts.class))).isEqualTo(expected);
  }

  static List<Arguments> mistakes() {
    return List.of(
        Arguments.of(
            "hosts \"\"", "2:7: hosts: this path is empty; is an environment variable not set?"),
        Arguments.of("hosts a\0", "2:7: hosts: this is no path: Nul character not allowed"),
        Arguments.of(
            "hosts f a..b",
            "2:9: hosts: \"a..b\" is not a zone: a name with an empty label: \"a..b\""),
        problem("ttl 0", "3:5: hosts ttl: expected a number of seconds from 1 to 65535, not \"0\""),
        problem(
            "ttl 65536",
            "3:5: hosts ttl: expected a number of seconds from 1 to 65535, not \"65536\""),
        problem("ttl", "3:1: hosts ttl: expected one number of seconds"),
        problem("reload 5", "3:8: hosts reload: expected a duration from 0s to 24h, not \"5\""),
        problem("no_reverse x", "3:12: hosts no_reverse: expected nothing after it, not \"x\""),
        problem(
            "fallthrough_unsupported",
            "2:1: hosts: fallthrough_unsupported needs fallthrough beside it"));
  }

  static List<Arguments> oddLines() {
    String neither = " is neither an IP address nor an option, so the line is passed over";
    return List.of(
        problem("192.0.2.1", "3:1: hosts 192.0.2.1: no name follows, so the line is passed over"),
        problem(
            "192.0.2.1 a..b",
            "3:11: hosts 192.0.2.1: \"a..b\" is passed over: a name with an empty label: \"a..b\""),
        problem("192.0.2.1 .", "3:11: hosts 192.0.2.1: \".\" is passed over: the root is no host"),
        problem("192.0.2 a", "3:1: hosts: \"192.0.2\"" + neither),
        problem(
            "falltrough",
            "3:1: hosts: \"falltrough\"" + neither + "; did you mean \"fallthrough\"?"));
  }

  /// CoreDNS takes any line for one of a hosts file, and passes over what is none.
  @ParameterizedTest
  @MethodSource("oddLines")
  void warnsOfLinesThatArePassedOver(String lines, String expected) {
    assertThat(Corefiles.warnings(". {\n" + lines + "\n}\n"))
        .containsExactly("Corefile:" + expected);
    assertThat(Corefiles.directive(lines, Hosts.class).entries()).isEmpty();
  }

  @Test
  void takesTheGoodNamesOfAnEntry() {
    assertThat(Corefiles.directive("hosts {\n192.0.2.1 a b..c d\n}", Hosts.class).entries())
        .containsExactly(entry("192.0.2.1", "a", "d"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsMistakes(String lines, String expected) {
    assertThat(Corefiles.problems(". {\n" + lines + "\n}\n")).isEqualTo("Corefile:" + expected);
  }

  private static Arguments row(String lines, Function<Hosts, Object> part, Object expected) {
    return Arguments.of(lines, part, expected);
  }

  private static Arguments option(String option, Function<Hosts, Object> part, Object expected) {
    return Arguments.of("hosts {\n" + option + "\n}", part, expected);
  }

  private static Arguments problem(String option, String expected) {
    return Arguments.of("hosts {\n" + option + "\n}", expected);
  }

  private static Entry entry(String address, String... names) {
    return new Entry(IpAddress.parse(address), names(names));
  }

  private static List<Name> names(String... names) {
    return Stream.of(names).map(Name::parse).toList();
  }
}
