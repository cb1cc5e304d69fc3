package io.clusterzone.dns.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Node;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which records the lines of a hosts file become.
final class HostTableTest {
  private static final String FILE =
      """
      192.0.2.1     node-1.example.com node-1
      192.0.2.2     node-1.example.com
      2001:db8::1   node-1.example.com
      192.0.2.1     node-1             # again
      ::ffff:192.0.2.9 mapped
      192.0.2.5     *.star.example
      192.0.2.9     exact.star.example
      192.0.2.2     *
      192.0.2.6     elsewhere.test
      """;

  private static HostTable table(boolean reverse, String... zones) {
    var builder = new HostTableBuilder(Stream.of(zones).map(Name::parse).toList(), reverse, 60);
    assertThat(HostLines.read("hosts", FILE, builder::add)).isEmpty();
    return builder.build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node-1.example.com | 192.0.2.1 192.0.2.2 2001:db8::1",
        "node-1             | 192.0.2.1",
        "NODE-1             | 192.0.2.1",
        "mapped             | 192.0.2.9",
        "*.star.example     | 192.0.2.5",
        "x.star.example     | 192.0.2.5",
        "y.x.star.example   | -",
        "star.example       | -",
        "exact.star.example | 192.0.2.9",
        "x.exact.star.example | -",
        "com                | 192.0.2.2",
        "5.2.0.192.in-addr.arpa | -",
        "example.com        | -",
        "x.node-1           | -",
        ".                  | -",
        "1.2.0.192.in-addr.arpa | node-1.example.com. node-1.",
        "9.2.0.192.in-addr.arpa | mapped. exact.star.example.",
        "2.0.192.in-addr.arpa   | -",
      })
  void holdsRecords(String name, String expected) {
    assertThat(plain(Directives.records(table(true, "."), name))).isEqualTo(expected);
  }

  /// Without the names of the records' classes: addresses and targets.
  private static String plain(String records) {
    return records
        .replace("Ptr[target=", "")
        .replace("A[address=-1073741311]", "192.0.2.1")
        .replace("A[address=-1073741310]", "192.0.2.2")
        .replace("A[address=-1073741307]", "192.0.2.5")
        .replace("A[address=-1073741303]", "192.0.2.9")
        .replaceAll("Aaaa\\[[^]]*]", "2001:db8::1")
        .replace("]", "");
  }

  @Test
  void countsRecords() {
    assertThat(table(true, ".").records()).isEqualTo(16);
    assertThat(table(false, ".").records()).isEqualTo(9);
  }

  @Test
  void makesNoPointersWithoutReverse() {
    assertThat(Directives.records(table(false, "."), "1.2.0.192.in-addr.arpa")).isEqualTo("-");
  }

  @Test
  void leavesOutNamesOfOtherZonesAndTheirPointers() {
    HostTable table = table(true, "example.com", "star.example");
    assertThat(Directives.records(table, "elsewhere.test")).isEqualTo("-");
    assertThat(Directives.records(table, "6.2.0.192.in-addr.arpa")).isEqualTo("-");
    assertThat(Directives.records(table, "node-1")).isEqualTo("-");
    assertThat(Directives.records(table, "1.2.0.192.in-addr.arpa"))
        .isEqualTo("Ptr[target=node-1.example.com.]");
  }

  /// As lists have that block advertisements: one address, more names than a node can hold.
  @Test
  void boundsTheRecordsOfOneName() {
    var builder = new HostTableBuilder(List.of(Name.ROOT), true, 60);
    IpAddress nowhere = IpAddress.v4(0);
    for (int i = 0; i < 70_000; i++) {
      builder.add(nowhere, Name.parse("ads-" + i + ".example"));
    }
    HostTable table = builder.build();
    assertThat(Directives.records(table, "ads-69999.example")).isEqualTo("A[address=0]");
    Node pointer = Objects.requireNonNull(table.find(Directives.query("0.0.0.0.in-addr.arpa")));
    assertThat(pointer.recordCount(pointer.firstRRset())).isEqualTo(HostTableBuilder.MAX_RECORDS);
    assertThat(table.records()).isEqualTo(70_000 + HostTableBuilder.MAX_RECORDS);
  }
}
