package io.clusterzone.dns.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The text of hosts files, hosts(5).
final class HostLinesTest {
  private final List<String> hosts = new ArrayList<>();

  private List<String> read(String text) {
    return HostLines.read("hosts", text, (address, name) -> hosts.add(address + " " + name))
        .stream()
        .map(Problem::toString)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "192.0.2.1 a|192.0.2.1 a.",
        "  192.0.2.1\t\ta  b\t|192.0.2.1 a.,192.0.2.1 b.",
        "192.0.2.1 A.Example.|192.0.2.1 a.example.",
        "192.0.2.1 a # b|192.0.2.1 a.",
        "192.0.2.1 a#b|192.0.2.1 a.",
        "# 192.0.2.1 a|''",
        "''|''",
        "2001:DB8:0:0::1 a|2001:db8::1 a.",
        "fe80::1%eth0 a|fe80::1 a.",
        "192.0.2.1 *.example|192.0.2.1 *.example.",
        "192.0.2.1 under_score|192.0.2.1 under_score.",
      })
  void readsLine(String line, String expected) {
    assertThat(read(line)).isEmpty();
    assertThat(String.join(",", hosts)).isEqualTo(expected);
  }

  @Test
  void readsLinesOfEveryEnding() {
    assertThat(read("\ufeff192.0.2.1 a\r\n192.0.2.2 b\n\n192.0.2.3 c")).isEmpty();
    assertThat(hosts).containsExactly("192.0.2.1 a.", "192.0.2.2 b.", "192.0.2.3 c.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2 a         | hosts:2: \"192.0.2\" is not an IP address",
        "a 192.0.2.1       | hosts:2: \"a\" is not an IP address",
        "192.0.2.01 a      | hosts:2: \"192.0.2.01\" is not an IP address",
        "192.0.2.1         | hosts:2: no name follows 192.0.2.1",
        "192.0.2.1 # a     | hosts:2: no name follows 192.0.2.1",
        "192.0.2.1 x..y    | hosts:2: \"x..y\" is no name: a name with an empty label: \"x..y\"",
        "192.0.2.1 .       | hosts:2: the root is no host",
      })
  void reportsLineAndReadsOn(String line, String problem) {
    assertThat(read("192.0.2.7 before\n" + line + "\n192.0.2.9 after\n")).containsExactly(problem);
    assertThat(hosts).containsExactly("192.0.2.7 before.", "192.0.2.9 after.");
  }

  @Test
  void keepsTheGoodNamesOfALine() {
    assertThat(read("192.0.2.1 a x..y b")).hasSize(1);
    assertThat(hosts).containsExactly("192.0.2.1 a.", "192.0.2.1 b.");
  }

  @Test
  void survivesAnyText() {
    long seed = 42;
    var random = new Random(seed);
    String alphabet = "0123456789abcdef.:%#\\ \t\r\n\0*é";
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(read(text.toString())).as("seed %d, text %d", seed, i).isNotNull();
    }
  }
}
