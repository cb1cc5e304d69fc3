package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.hosts.HostsFollower;
import io.clusterzone.dns.ops.DnsMetrics;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.dns.step.HostsStep;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.ZoneTable;
import io.clusterzone.zones.zone.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// The directive `hosts` among the others of a server block.
final class HostsStepTest {
  private static final String FILE =
      """
      192.0.2.1   node-1.example node-1
      2001:db8::2 node-2.example
      192.0.2.9   web.cluster.local
      192.0.2.7   *.apps.example
      """;

  @TempDir Path directory;

  private Path file = Path.of("");

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.writeString(directory.resolve("NodeHosts"), FILE);
  }

  private HostsStep hosts(String zones, String fallthrough) {
    return hosts(zones, fallthrough, false);
  }

  private HostsStep hosts(String zones, String fallthrough, boolean unsupported) {
    var directive =
        new Hosts(
            file,
            names(zones),
            List.of(),
            60,
            true,
            Duration.ZERO,
            names(fallthrough),
            unsupported);
    try (var follower = new HostsFollower(warning -> {})) {
      return new HostsStep(directive, follower.follow(directive));
    }
  }

  private static List<Name> names(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(t -> !t.isEmpty()).map(Name::parse).toList();
  }

  private static String shown(Message reply) {
    List<Record> answer = reply.getSection(Section.ANSWER);
    return answer.isEmpty()
        ? Rcode.string(reply.getRcode())
        : answer.stream().map(Record::rdataToString).collect(Collectors.joining(" "));
  }

  /// In front of `whoami`, whose replies are NOERROR without an answer but with additional records.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // zones | fallthrough | name | type | answer
        ". | '' | node-1.example | A | 192.0.2.1",
        ". | '' | NODE-1.example | A | 192.0.2.1",
        ". | '' | node-1 | A | 192.0.2.1",
        ". | '' | node-1.example | AAAA | NODATA",
        ". | .  | node-1.example | AAAA | NODATA",
        ". | .  | node-1.example | MX | NODATA",
        ". | .  | 1.2.0.192.in-addr.arpa | A | NODATA",
        ". | '' | node-2.example | AAAA | 2001:db8:0:0:0:0:0:2",
        ". | '' | node-1.example | ANY | 192.0.2.1",
        ". | '' | 1.2.0.192.in-addr.arpa | PTR | node-1.example. node-1.",
        ". | '' | a.apps.example | A | 192.0.2.7",
        ". | '' | a.apps.example | AAAA | NODATA",
        ". | '' | a.apps.example | PTR | next",
        ". | '' | b.a.apps.example | A | SERVFAIL",
        ". | '' | apps.example | A | SERVFAIL",
        ". | '' | 7.2.0.192.in-addr.arpa | PTR | next",
        ". | '' | node-3.example | A | SERVFAIL",
        ". | '' | example | A | SERVFAIL",
        ". | '' | x.node-1.example | A | SERVFAIL",
        ". | .  | node-3.example | A | next",
        ". | example | node-3.example | A | next",
        ". | other | node-3.example | A | SERVFAIL",
        "other | '' | node-3.example | A | next",
        "other | '' | node-1.example | A | next",
        "other | '' | x.other | A | SERVFAIL",
        // Reverse names need no zone, and those that are missing no fallthrough.
        "example | '' | 1.2.0.192.in-addr.arpa | PTR | node-1.example.",
        "example | '' | 1.2.0.192.in-addr.arpa | A | next",
        "example | '' | 3.2.0.192.in-addr.arpa | PTR | next",
        ". | '' | 3.2.0.192.in-addr.arpa | PTR | next",
      })
  void answers(String zones, String fallthrough, String name, String type, String expected)
      throws IOException {
    ServerBlock block = TestBlocks.at(".").hosts(hosts(zones, fallthrough)).whoami().block();
    try (var bench = new Bench(block)) {
      Message reply = bench.ask(Bench.question(name, type));
      boolean next = !reply.getSection(Section.ADDITIONAL).isEmpty();
      String found = shown(reply).equals("NOERROR") ? "NODATA" : shown(reply);
      assertThat(next ? "next" : found).isEqualTo(expected);
      assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
      assertThat(reply.getHeader().getFlag(Flags.AA)).isEqualTo(!expected.equals("SERVFAIL"));
    }
  }

  /// CoreDNS's `fallthrough_unsupported`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ". | node-1.example | A | 192.0.2.1",
        ". | node-1.example | AAAA | NODATA",
        ". | node-1.example | MX | next",
        ". | node-1.example | ANY | next",
        ". | 1.2.0.192.in-addr.arpa | PTR | node-1.example. node-1.",
        "other | node-1.example | MX | NODATA",
      })
  void leavesOtherTypesToOthersWhereToldTo(
      String fallthrough, String name, String type, String expected) throws IOException {
    ServerBlock block = TestBlocks.at(".").hosts(hosts(".", fallthrough, true)).whoami().block();
    try (var bench = new Bench(block)) {
      Message reply = bench.ask(Bench.question(name, type));
      boolean next = !reply.getSection(Section.ADDITIONAL).isEmpty();
      String found = shown(reply).equals("NOERROR") ? "NODATA" : shown(reply);
      assertThat(next ? "next" : found).isEqualTo(expected);
    }
  }

  @Test
  void comesBeforeTheClusterAndIsCountedByItsName() throws IOException {
    ServerBlock block =
        TestBlocks.at(".")
            .kubernetes(TestBlocks.zones(true, "cluster.local"), "cluster.local", "")
            .hosts(hosts(".", "."))
            .block();
    try (var bench = new Bench(block)) {
      assertThat(shown(bench.ask(Bench.question("web.cluster.local", "A")))).isEqualTo("192.0.2.9");
      assertThat(shown(bench.ask(Bench.question("alias.cluster.local", "CNAME"))))
          .isEqualTo("web.cluster.local.");
      assertThat(new Metrics(List.of(new DnsMetrics(bench.counters()))).text())
          .contains("plugin=\"hosts\"", "plugin=\"kubernetes\"");
    }
  }

  /// RFC 1034 3.6.2: what an alias of the cluster leads to is looked for like any name; an
  /// ExternalName Service may name a host.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ". | A    | NOERROR  | node-1.example. 192.0.2.1",
        ". | AAAA | NOERROR  | node-1.example.",
        "'' | A   | NOERROR  | node-1.example. 192.0.2.1",
      })
  void endsAliasesOfTheCluster(String fallthrough, String type, String rcode, String expected)
      throws IOException {
    ServerBlock cluster =
        TestBlocks.at("cluster.local")
            .kubernetes(aliases("node-1.example"), "cluster.local", "")
            .block();
    ServerBlock rest = TestBlocks.at(".").hosts(hosts(".", fallthrough)).block();
    try (var bench = new Bench(cluster, rest)) {
      Message reply = bench.ask(Bench.question("out.cluster.local", type));
      assertThat(shown(reply)).isEqualTo(expected);
      assertThat(Rcode.string(reply.getRcode())).isEqualTo(rcode);
    }
  }

  /// A name that no directive knows leaves the alias as it is; one that `hosts` fails, fails.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {". | gone.example.", "'' | SERVFAIL"})
  void leavesAliasesThatItDoesNotKnow(String fallthrough, String expected) throws IOException {
    ServerBlock cluster =
        TestBlocks.at("cluster.local")
            .kubernetes(aliases("gone.example"), "cluster.local", "")
            .block();
    ServerBlock rest = TestBlocks.at(".").hosts(hosts(".", fallthrough)).block();
    try (var bench = new Bench(cluster, rest)) {
      assertThat(shown(bench.ask(Bench.question("out.cluster.local", "A")))).isEqualTo(expected);
    }
  }

  private static ZoneTable aliases(String target) {
    Name apex = Name.parse("cluster.local");
    var soa = new Rdata.Soa(apex.child("ns"), apex.child("hostmaster"), 1, 7200, 1800, 86400, 5);
    ZoneEditor editor = new ZoneEditor(Zone.of(apex, soa, 5));
    Rdata alias = new Rdata.Cname(Name.parse(target));
    editor.replace(apex.child("out"), Content.of(RRset.of(5, List.of(alias))));
    editor.synced(true);
    return new ZoneTable(new Zones(List.of(editor.finish(2).zone())));
  }
}
