package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Any;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.ServerBlock;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ServerBlockTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".                        | .:53",
        ".:1053                   | .:1053",
        ":1053                    | .:1053",
        ".:{$PORT}                | .:1053",
        "example.org              | example.org.:53",
        "Example.ORG.             | example.org.:53",
        "dns://example.org        | example.org.:53",
        "dns://example.org:5300   | example.org.:5300",
        ".:53 example.org:1053    | .:53 example.org.:1053",
        "a.example, b.example     | a.example.:53 b.example.:53",
        "10.0.0.0/8               | 10.in-addr.arpa.:53",
        "10.96.0.0/16:1053        | 96.10.in-addr.arpa.:1053",
        "10.0.0.0/15              | 0.10.in-addr.arpa.:53 1.10.in-addr.arpa.:53",
        "2001:db8::/32            | 8.b.d.0.1.0.0.2.ip6.arpa.:53",
        "dns://fd00::/8:1053      | d.f.ip6.arpa.:1053",
        "0/25.2.0.192.in-addr.arpa| 0/25.2.0.192.in-addr.arpa.:53",
      })
  void readsKeys(String keys, String expected) {
    assertThat(keysOf(Corefiles.valid(keys + " {\n}\n").blocks().getFirst())).isEqualTo(expected);
  }

  @Test
  void takesTheDefaultPortFromTheCommandLine() {
    Corefile.Result result =
        CorefileParser.read("Corefile", "a b:54 {\n}\n", Corefiles.OPTIONS.withDefaultPort(1053))
            .result();
    assertThat(result).isEqualTo(Corefiles.parse("a:1053 b:54 {\n}\n"));
  }

  static List<Arguments> layouts() {
    return List.of(
        Arguments.of(". {\n any\n debug\n}\n"),
        Arguments.of(". {\n debug\n any\n}"),
        Arguments.of(".\n{\n any\n debug\n}"),
        Arguments.of(".\nany\ndebug\n"),
        Arguments.of(".:53\n\n# all of it\nany\ndebug"),
        Arguments.of(". { any\n debug }"),
        Arguments.of(".\r\n{\r\n\tany\r\n\tdebug\r\n}\r\n"),
        Arguments.of(". {\n any\n debug\n any\n}"));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void layoutsOfOneBlockMeanTheSame(String text) {
    assertThat(Corefiles.parse(text)).isEqualTo(Corefiles.parse(". {\n any\n debug\n}\n"));
  }

  @Test
  void keysGoOnAfterACommaOnTheNextLine() {
    assertThat(keysOf(Corefiles.valid("a.example,\nb.example {\n}\n").blocks().getFirst()))
        .isEqualTo("a.example.:53 b.example.:53");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tls://.         | CoreDNS has tls://, but this version serves dns:// only; remove the"
            + " block",
        "https://.:443   | CoreDNS has https://, but this version serves dns:// only; remove the"
            + " block",
        "quic://.        | CoreDNS has quic://, but this version serves dns:// only; remove the"
            + " block",
        "grpc://.        | CoreDNS has grpc://, but this version serves dns:// only; remove the"
            + " block",
        "ftp://.         | unknown scheme ftp://; expected dns://",
        "example.org:    | expected a port after the colon",
        ".:65536         | a port is 0 to 65535, not 65536",
        ".:123456        | a port is 0 to 65535, not 123456",
        "10.0.0.0/33     | a prefix length is 0 to 32: 33",
        "fd00::/x        | a prefix length is 0 to 128: x",
        "a..b            | a name with an empty label: \"a..b\"",
        "a,b             | separate zones by blanks",
        "dns://          | it is empty; is an environment variable not set?",
      })
  void reportsKeysThatMeanNothing(String key, String message) {
    assertThat(Corefiles.problems(key + " {\n}\n"))
        .isEqualTo("Corefile:1:1: server block \"" + key + "\": " + message);
  }

  static List<Arguments> broken() {
    return List.of(
        Arguments.of("", "Corefile: there is no server block, such as \".:53 { ... }\""),
        Arguments.of("# a\n", "Corefile: there is no server block, such as \".:53 { ... }\""),
        Arguments.of(". {\n any\n", "Corefile:1:3: this \"{\" is never closed"),
        Arguments.of(
            ". {\n}\n}\n", "Corefile:3:1: expected the zones of a server block, not \"}\""),
        Arguments.of(
            "{\n any\n}\n", "Corefile:1:1: expected the zones of a server block, not \"{\""),
        Arguments.of(". {\n {\n any\n }\n}\n", "Corefile:2:2: expected a directive before \"{\""),
        Arguments.of(".\nany\n}\n", "Corefile:3:1: this \"}\" closes nothing"),
        Arguments.of("a.example,\n{\n}\n", "Corefile:1:1: expected another zone after the comma"),
        Arguments.of("a.example,", "Corefile:1:1: expected another zone after the comma"),
        Arguments.of(
            "{$NONE} {\n}",
            "Corefile:1:1: this zone is empty; is an environment variable not set?"),
        Arguments.of(
            ". {\n errors {\n } any\n}", "Corefile:3:4: expected a new line before \"any\""),
        Arguments.of(". {\n errors{\n }\n}", "Corefile:2:8: expected a blank before \"{\""));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void reportsWhatIsNoServerBlock(String text, String expected) {
    assertThat(Corefiles.problems(text)).isEqualTo(expected);
  }

  @Test
  void nestingIsBounded() {
    assertThat(Corefiles.problems(". {\n x" + " {\n y".repeat(100_000)))
        .contains("blocks are nested more than 16 deep");
  }

  @Test
  void numberOfZonesIsBounded() {
    String prefixes = "10.0.0.0/17 ".repeat(100);
    assertThat(Corefiles.problems(prefixes + " {\n kubernetes a " + prefixes + "\n}"))
        .contains("Corefile:1:937: more than 10000 zones");
  }

  static List<Arguments> overlaps() {
    return List.of(
        Arguments.of(
            "a {\n}\na {\n}\n",
            "Corefile:3:1: server block \"a\": dns://a.:53 is served already, by Corefile:1"),
        Arguments.of(
            "a A.:53 {\n}\n",
            "Corefile:1:3: server block \"A.:53\": dns://a.:53 is served already, by Corefile:1"),
        Arguments.of(
            "a {\n bind lo\n}\na {\n}\n",
            "Corefile:4:1: server block \"a\": dns://a.:53 is served already, by Corefile:1"),
        Arguments.of(
            "a {\n bind lo\n}\na {\n bind eth0 ::1\n}\n",
            "Corefile:4:1: server block \"a\": dns://a.:53 is served already, by Corefile:1"),
        Arguments.of("a {\n bind lo\n}\na {\n bind eth0\n}\n", ""),
        Arguments.of("a {\n}\na:54 {\n}\nb.a {\n}\n", ""));
  }

  @ParameterizedTest
  @MethodSource("overlaps")
  void reportsTwoBlocksForOneZoneAndAddress(String text, String expected) {
    assertThat(Corefiles.problems(text)).isEqualTo(expected);
  }

  /// CoreDNS's plugins that are no part of the chain, and some that are.
  @ParameterizedTest
  @CsvSource({
    "'',                                                    true",
    "bind lo,                                               true",
    "'debug\n health\n ready\n reload\n pprof\n admin\n shadow ::1\n timeouts { read 5s\n }', true",
    "multisocket 1,                                         true",
    "errors,                                                false",
    "log,                                                   false",
    "prometheus,                                            false",
    "cache,                                                 false",
    "whoami,                                                false",
    "'bind lo\n hosts',                                     false",
  })
  void refusesWhereNoDirectiveHasAPartInAnswering(String directives, boolean refuses) {
    String text = ". {\n " + directives + "\n}\n";
    assertThat(Corefiles.valid(text).blocks().getFirst().refuses()).isEqualTo(refuses);
  }

  @Test
  void findsDirectivesByKind() {
    ServerBlock block = Corefiles.valid(". {\n any\n}\n").blocks().getFirst();
    assertThat(block.find(Any.class)).isEqualTo(new Any());
    assertThat(block.has(Any.class)).isTrue();
    assertThat(block.find(Debug.class)).isNull();
    assertThat(block.has(Debug.class)).isFalse();
  }

  private static String keysOf(ServerBlock block) {
    return block.keys().stream()
        .map(key -> key.toString().substring("dns://".length()))
        .collect(Collectors.joining(" "));
  }
}
