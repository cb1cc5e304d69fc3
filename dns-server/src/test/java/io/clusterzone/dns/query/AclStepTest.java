package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Acl;
import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.config.Network;
import io.clusterzone.dns.hosts.HostsFollower;
import io.clusterzone.dns.ops.DnsMetrics;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.step.AclMetrics;
import io.clusterzone.dns.step.AclStep;
import io.clusterzone.dns.step.HostsStep;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.wire.Verdict;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.ZoneTable;
import io.clusterzone.zones.zone.Zones;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The directive `acl` before all others. Its rules are CoreDNS's: the policies of a rule are tried
/// in their order, a rule of which none fits leaves the query to the next, and in the end it
/// passes.
final class AclStepTest {
  private static final String WITHIN = "192.0.2.7";
  private static final String OUTSIDE = "198.51.100.1";

  /// `ACTION [type T,...] [net N,...]`, policies separated by `;`, rules by `/`, each rule behind
  /// its zone and a colon.
  private static Acl acl(String text) {
    return new Acl(
        Arrays.stream(text.split(" / ", -1))
            .map(rule -> {
              String[] parts = rule.split(": ", 2);
              return new Acl.Rule(
                  List.of(Name.parse(parts[0])),
                  Arrays.stream(parts[1].split("; ", -1)).map(AclStepTest::policy).toList());
            })
            .toList());
  }

  private static Acl.Policy policy(String text) {
    String[] words = text.split(" ", -1);
    Set<Integer> types = Set.of();
    List<Network> networks = List.of();
    for (int i = 1; i < words.length; i += 2) {
      String[] values = words[i + 1].split(",", -1);
      if (words[i].equals("type")) {
        types = Set.of(Arrays.stream(values).map(Type::value).toArray(Integer[]::new));
      } else {
        networks = Arrays.stream(values).map(Network::parse).toList();
      }
    }
    return new Acl.Policy(
        Acl.Action.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)), types, networks);
  }

  private static TestBlocks block(String acl) {
    return TestBlocks.at(".").step(new AclStep(acl(acl)));
  }

  private static String ask(TestBlocks block, String client, Message question, Protocol protocol)
      throws IOException {
    try (var bench = new Bench(block.block())) {
      byte[] octets = bench.askOctets(question.toWire(), new CapturedReply(protocol, client));
      return octets.length == 0 ? "nothing" : shown(new Message(octets));
    }
  }

  private static String shown(Message reply) {
    if (reply.getHeader().getFlag(Flags.AA) || !reply.getSection(Section.ANSWER).isEmpty()) {
      return "passes";
    }
    assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
    String error =
        reply.getOPT() == null
            ? ""
            : reply.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .map(option -> " " + ((ExtendedErrorCodeOption) option).getErrorCode())
                .findFirst()
                .orElse("");
    return Rcode.string(reply.getRcode()) + error;
  }

  private static Message question(String name, int type, int recordClass) throws IOException {
    Message question = Bench.question(name, type, recordClass);
    question.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    return question;
  }

  /// RFC 8914 sections 4.16 (Blocked) and 4.18 (Filtered).
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // rules | client | name | type | result
        ".: block | 192.0.2.7 | a.example | A | REFUSED 15",
        ".: filter | 192.0.2.7 | a.example | A | NOERROR 17",
        ".: drop | 192.0.2.7 | a.example | A | nothing",
        ".: allow | 192.0.2.7 | a.example | A | passes",
        ".: block net 192.0.2.0/24 | 192.0.2.7 | a.example | A | REFUSED 15",
        ".: block net 192.0.2.0/24 | 192.0.3.7 | a.example | A | passes",
        ".: block net 192.0.2.7 | 192.0.2.7 | a.example | A | REFUSED 15",
        ".: block net 192.0.2.7 | 192.0.2.8 | a.example | A | passes",
        ".: block net 2001:db8::/32 | 2001:db8:ff::1 | a.example | A | REFUSED 15",
        ".: block net 2001:db8::/32 | 2001:db9::1 | a.example | A | passes",
        ".: block net 2001:db8::/32 | 192.0.2.7 | a.example | A | passes",
        ".: block net 0.0.0.0/0 | 2001:db8::1 | a.example | A | passes",
        ".: block net 0.0.0.0/0,::/0 | 2001:db8::1 | a.example | A | REFUSED 15",
        ".: block net 0.0.0.0/0 | ::ffff:192.0.2.7 | a.example | A | REFUSED 15",
        ".: block type AAAA | 192.0.2.7 | a.example | AAAA | REFUSED 15",
        ".: block type AAAA | 192.0.2.7 | a.example | A | passes",
        ".: block type AAAA,A net 192.0.2.7 | 192.0.2.7 | a.example | A | REFUSED 15",
        ".: block type AAAA,A net 192.0.2.7 | 192.0.2.8 | a.example | A | passes",
        // The first policy that fits decides.
        ".: allow net 192.0.2.0/24; block | 192.0.2.7 | a.example | A | passes",
        ".: allow net 192.0.2.0/24; block | 192.0.3.7 | a.example | A | REFUSED 15",
        ".: block; allow net 192.0.2.0/24 | 192.0.2.7 | a.example | A | REFUSED 15",
        // A rule of which none fits leaves the query to the next; `allow` does not.
        ".: block type AAAA / .: filter | 192.0.2.7 | a.example | A | NOERROR 17",
        ".: allow type A / .: block | 192.0.2.7 | a.example | A | passes",
        // A rule is for its zone, by whole labels.
        "example: block | 192.0.2.7 | a.example | A | REFUSED 15",
        "example: block | 192.0.2.7 | EXAMPLE | A | REFUSED 15",
        "example: block | 192.0.2.7 | a.notexample | A | passes",
        "example: block / .: drop | 192.0.2.7 | a.test | A | nothing",
      })
  void firstFittingPolicyDecides(
      String rules, String client, String name, String type, String expected) throws IOException {
    Message question = question(name, Type.value(type), DClass.IN);
    assertThat(ask(block(rules).whoami(), client, question, Protocol.UDP)).isEqualTo(expected);
  }

  /// A class of failure: a policy that is passed by another transport, a cache, a class, a name
  /// that an alias or a rewrite leads to (CVE-2026-26017). What answers is the same in each row;
  /// the client within the network is kept out of all of it, and the one outside of none.
  @ParameterizedTest
  @CsvSource({
    "web.cluster.local, A, IN",
    "missing.cluster.local, A, IN",
    "alias.cluster.local, A, IN",
    "known.example.net, A, IN",
    "anything.example, ANY, IN",
    "version.bind, TXT, CH",
    "cluster.local, AXFR, IN",
    "cluster.local, IXFR, IN",
    "anything.example, A, HS",
    "rewritten.example, A, IN",
    "whoami.example, A, IN",
  })
  void keepsClientsOutByAnyWay(String name, String type, String recordClass) throws IOException {
    for (Protocol protocol : Protocol.values()) {
      Message question = question(name, Type.value(type), DClass.value(recordClass));
      TestBlocks all = everything(block(".: block net 192.0.2.0/24"));
      assertThat(ask(all, WITHIN, question, protocol)).isEqualTo("REFUSED 15");
      String outside =
          ask(everything(block(".: block net 192.0.2.0/24")), OUTSIDE, question, protocol);
      assertThat(outside).doesNotContain("15");
    }
  }

  private static TestBlocks everything(TestBlocks block) {
    return block
        .any()
        .chaos("v")
        .step(rewriting("rewritten.example", "web.cluster.local"))
        .hosts(hosts())
        .kubernetes(TestBlocks.zones(true, "cluster.local"), "cluster.local", "")
        .whoami();
  }

  private static HostsStep hosts() {
    var entry =
        new Hosts.Entry(IpAddress.parse("192.0.2.44"), List.of(Name.parse("known.example.net")));
    List<Name> all = List.of(Name.ROOT);
    var directive =
        new Hosts(Path.of("absent"), all, List.of(entry), 60, true, Duration.ZERO, all, false);
    try (var follower = new HostsFollower(warning -> {})) {
      return new HostsStep(directive, follower.follow(directive));
    }
  }

  /// Asks for another name in place of one, as a rewrite does.
  static Step rewriting(String from, String to) {
    return new Step() {
      @Override
      public Stage stage() {
        return Stage.ANY;
      }

      @Override
      public Ending take(Asked asked) {
        if (asked.question().spelledName().equals(Name.parse(from))) {
          asked.replaceQuestion(Name.parse(to), asked.question().type());
        }
        return Ending.PASS;
      }
    };
  }

  /// The gate is on the final name too: what is kept from a client is kept from it under whatever
  /// name it asks.
  @ParameterizedTest
  @CsvSource({"UDP", "TCP"})
  void looksAtTheNameThatARewriteLeadsTo(Protocol protocol) throws IOException {
    TestBlocks block = everything(block("cluster.local: block net 192.0.2.0/24"));
    Message question = question("rewritten.example", Type.A, DClass.IN);
    assertThat(ask(block, WITHIN, question, protocol)).isEqualTo("REFUSED 15");
    TestBlocks same = everything(block("cluster.local: block net 192.0.2.0/24"));
    assertThat(ask(same, OUTSIDE, question, protocol)).isEqualTo("passes");
  }

  /// So is the target of an alias, asked on behalf of the same client.
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, block, SERVFAIL 22",
    "192.0.2.7, drop, SERVFAIL 15",
    "198.51.100.1, block, passes"
  })
  void looksAtTheTargetOfAnAlias(String client, String action, String expected) throws IOException {
    TestBlocks block =
        block("example.net: " + action + " net 192.0.2.0/24")
            .hosts(hosts())
            .kubernetes(aliasTo("known.example.net"), "cluster.local", "");
    Message question = question("out.cluster.local", Type.A, DClass.IN);
    assertThat(ask(block, client, question, Protocol.UDP)).isEqualTo(expected);
  }

  /// Also where the alias and its target are of one zone, and one hop or more away.
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, block, alias, SERVFAIL 22",
    "192.0.2.7, drop, alias, SERVFAIL 15",
    "192.0.2.7, filter, alias, passes 1",
    "198.51.100.1, block, alias, passes 2",
    "198.51.100.1, block, gone, NXDOMAIN 1",
    "192.0.2.7, block, gone, NXDOMAIN 1",
  })
  void looksAtTheTargetOfAnAliasWithinAZone(
      String client, String action, String name, String expected) throws IOException {
    TestBlocks block =
        block("web.cluster.local: " + action + " net 192.0.2.0/24")
            .kubernetes(TestBlocks.zones(true, "cluster.local"), "cluster.local", "");
    try (var bench = new Bench(block.block())) {
      Message question = question(name + ".cluster.local", Type.A, DClass.IN);
      Message reply =
          new Message(bench.askOctets(question.toWire(), new CapturedReply(Protocol.UDP, client)));
      int answers = reply.getSection(Section.ANSWER).size();
      String found = reply.getRcode() == Rcode.NXDOMAIN ? "NXDOMAIN" : shown(reply);
      assertThat(answers == 0 ? found : found + " " + answers).isEqualTo(expected);
    }
  }

  private static ZoneTable aliasTo(String target) {
    Name apex = Name.parse("cluster.local");
    var soa = new Rdata.Soa(apex.child("ns"), apex.child("host"), 1, 7200, 1800, 86400, 5);
    var editor = new ZoneEditor(Zone.of(apex, soa, 5));
    editor.replace(
        apex.child("out"), Content.of(RRset.of(5, List.of(new Rdata.Cname(Name.parse(target))))));
    editor.synced(true);
    return new ZoneTable(new Zones(List.of(editor.finish(2).zone())));
  }

  /// CoreDNS's names and labels.
  @Test
  void countsWhatItDid() throws IOException {
    var step =
        new AclStep(acl("example: block net 192.0.2.0/24; drop type MX / .: filter type TXT"));
    try (var bench = new Bench(TestBlocks.at(".").step(step).whoami().block())) {
      ask(bench, WITHIN, "a.example", Type.A);
      ask(bench, WITHIN, "b.example", Type.A);
      ask(bench, OUTSIDE, "a.example", Type.MX);
      ask(bench, OUTSIDE, "a.test", Type.TXT);
      ask(bench, OUTSIDE, "a.example", Type.A);
      String text =
          new Metrics(
                  List.of(
                      new AclMetrics(() -> List.of(step.counts())),
                      new DnsMetrics(bench.counters())))
              .text();
      String server = "{server=\"dns://:53\",";
      assertThat(text)
          .contains(
              "coredns_acl_blocked_requests_total" + server + "zone=\"example.\",view=\"\"} 2")
          .contains(
              "coredns_acl_dropped_requests_total" + server + "zone=\"example.\",view=\"\"} 1")
          .contains("coredns_acl_filtered_requests_total" + server + "zone=\".\",view=\"\"} 1")
          .contains("coredns_acl_allowed_requests_total" + server + "view=\"\"} 1")
          .contains("plugin=\"acl\"");
    }
  }

  private static void ask(Bench bench, String client, String name, int type) throws IOException {
    var sink = new CapturedReply(Protocol.UDP, client);
    bench.handle(Bench.question(name, type).toWire(), sink);
  }

  @Test
  void takesQueriesOfEveryVerdict() {
    Step step = new AclStep(acl(".: block"));
    assertThat(Verdict.values()).allMatch(step::takes);
    assertThat(step.isGate()).isTrue();
  }
}
