package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.dns.forward.TestForward;
import io.clusterzone.dns.forward.UpstreamGroup;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.hosts.HostsFollower;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.step.HostsStep;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.Listener;
import io.clusterzone.dns.transport.TransportOptions;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.ZoneTable;
import io.clusterzone.zones.zone.Zones;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// Questions that leave the cluster, over real sockets: client, server, upstream.
final class ForwardStepTest {
  private static final String SOA = "example.org. 60 IN SOA ns. host. 1 2 3 4 30";

  private FakeUpstream upstream;
  private final ZoneTable table = zones();
  private DnsServer server;
  private Log log;

  @BeforeEach
  void start() throws Exception {
    upstream =
        FakeUpstream.answering(query ->
            switch (query.getQuestion().getName().toString().toLowerCase(java.util.Locale.ROOT)) {
              case "www.example.org." ->
                  Replies.answer(
                      query, "@ 60 IN A 192.0.2.1", "@ 60 IN A 192.0.2.2", "@ 60 IN A 192.0.2.3");
              case "alias.example.org." ->
                  Replies.answer(
                      query,
                      "@ 60 IN CNAME www.example.org.",
                      "www.example.org. 50 IN A 192.0.2.1");
              case "back.example.org." -> Replies.negativeWithAlias(query, "web.cluster.local.");
              case "loop.example.org." ->
                  Replies.negativeWithAlias(query, "to-loop.cluster.local.");
              case "spoof.example.org." ->
                  Replies.answer(
                      query,
                      "web.cluster.local. 60 IN A 192.0.2.66",
                      "@ 60 IN CNAME alias.example.com.",
                      "alias.example.com. 60 IN CNAME web.cluster.local.");
              case "absent.example.org." ->
                  Replies.answer(
                      query,
                      "@ 60 IN CNAME absent.cluster.local.",
                      "absent.cluster.local. 60 IN A 192.0.2.66");
              case "broken.example.org." -> brokenAlias(query);
              case "proof.example.org." -> withProof(query);
              case "host.example.org." ->
                  Replies.answer(
                      query,
                      "@ 60 IN CNAME known.example.net.",
                      "known.example.net. 60 IN A 192.0.2.66");
              case "round.example.org." ->
                  Replies.answer(
                      query,
                      "@ 60 IN CNAME to-www.cluster.local.",
                      "to-www.cluster.local. 60 IN CNAME www.example.com.",
                      "www.example.com. 60 IN A 192.0.2.66");
              case "big.example.org." -> Replies.answer(query, Replies.addresses(200));
              case "refused.example.org." -> Replies.empty(query, Rcode.REFUSED);
              default -> Replies.negative(query, Rcode.NXDOMAIN, SOA);
            });
    UpstreamGroup group = TestForward.to(upstream).probing(Duration.ofMillis(500)).group();
    var bounds = new Cache.Bounds(1000, 3600, 0, List.of());
    var cache =
        new ResponseCache(
            new Cache(
                List.of(Name.ROOT),
                bounds,
                bounds,
                Cache.Prefetch.OFF,
                Cache.Stale.OFF,
                Duration.ofSeconds(5),
                false),
            System::nanoTime);
    var forwarding = new Forwarding(cache, List.of(group), null);
    ServerBlock block =
        TestBlocks.at(".")
            .step(AclStepTest.rewriting("rewritten.example", "alias.example.org"))
            .step(AclStepTest.rewriting("gone.example", "missing.example.org"))
            .step(AclStepTest.rewriting("chained.example", "to-alias.cluster.local"))
            .hosts(hosts())
            .kubernetes(table, "cluster.local", "")
            .forwarding(forwarding)
            .block();
    var counters = new Counters(1, List.of(block.scope(), Bench.UNMATCHED));
    log = Log.start(new StringBuilder(), 100);
    server =
        DnsServer.start(
            TransportOptions.DEFAULTS.withLoops(1),
            counters,
            List.of(
                new Listener(
                    List.of(InetAddress.getLoopbackAddress()),
                    0,
                    loop ->
                        new QueryHandler(
                            List.of(block),
                            Bench.UNMATCHED,
                            counters.loop(0),
                            log,
                            new Workbench(1, loop.channels())))));
  }

  @AfterEach
  void stop() {
    server.stop(Duration.ofSeconds(1));
    upstream.close();
    log.close();
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

  /// An upstream that cannot follow the alias that it knows.
  private static Message brokenAlias(Message query) {
    Message reply = Replies.answer(query, "@ 60 IN CNAME web.cluster.local.");
    reply.getHeader().setRcode(Rcode.SERVFAIL);
    return reply;
  }

  /// A negative answer with proofs of which one is about a name of ours.
  private static Message withProof(Message query) {
    Message reply = Replies.negative(query, Rcode.NXDOMAIN, SOA);
    for (String owner : List.of("a.example.org.", "web.cluster.local.")) {
      Record proof = Replies.record(query, owner + " 60 IN NSEC z.example.org. TXT");
      reply.addRecord(proof, Section.AUTHORITY);
    }
    return reply;
  }

  private static ZoneTable zones() {
    Name apex = Name.parse("cluster.local");
    var soa = new Rdata.Soa(apex.child("ns"), apex.child("host"), 1, 7200, 1800, 86400, 5);
    var editor = new ZoneEditor(Zone.of(apex, soa, 5));
    put(editor, apex.child("web"), new Rdata.A(0x0a600001));
    for (String target :
        List.of(
            "www.example.org",
            "alias.example.org",
            "back.example.org",
            "missing.example.org",
            "refused.example.org",
            "spoof.example.org",
            "round.example.org",
            "loop.example.org")) {
      String label = target.substring(0, target.indexOf('.'));
      put(editor, apex.child("to-" + label), new Rdata.Cname(Name.parse(target)));
    }
    put(editor, apex.child("chain"), new Rdata.Cname(apex.child("to-www")));
    editor.synced(true);
    return new ZoneTable(new Zones(List.of(editor.finish(2).zone())));
  }

  private static void put(ZoneEditor editor, Name owner, Rdata rdata) {
    editor.replace(owner, Content.of(RRset.of(5, List.of(rdata))));
  }

  private Message ask(String name, int type, boolean tcp) throws Exception {
    var resolver = new SimpleResolver(server.addresses().getFirst());
    resolver.setTCP(tcp);
    resolver.setIgnoreTruncation(true);
    resolver.setEDNS(0, 1232, 0, List.of());
    resolver.setTimeout(Duration.ofSeconds(20));
    Message question =
        Message.newQuery(Record.newRecord(org.xbill.DNS.Name.fromString(name), type, DClass.IN));
    Message reply = resolver.send(question);
    while (wasShed(reply)) {
      reply = resolver.send(question);
    }
    return reply;
  }

  /// On a slow machine the event loop may be late, and then does not begin with anything that
  /// waits.
  private static boolean wasShed(Message reply) {
    return reply.getOPT().getOptions().stream()
        .anyMatch(option ->
            option instanceof ExtendedErrorCodeOption error
                && "too many queries wait for an upstream".equals(error.getText()));
  }

  private static List<String> answers(Message reply) {
    return reply.getSection(Section.ANSWER).stream()
        .map(record ->
            record.getName() + " " + Type.string(record.getType()) + " " + record.rdataToString())
        .toList();
  }

  /// RFC 1035 section 4.1.1: AA belongs to an authority; D35.
  @Test
  void answersFromTheUpstreamThenFromTheCache() throws Exception {
    for (int i = 0; i < 3; i++) {
      Message reply = ask("wWw.example.org.", Type.A, i == 1);

      assertThat(answers(reply))
          .containsExactlyInAnyOrder(
              "wWw.example.org. A 192.0.2.1",
              "wWw.example.org. A 192.0.2.2",
              "wWw.example.org. A 192.0.2.3");
      assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
      assertThat(reply.getHeader().getFlag(Flags.RA)).isTrue();
      assertThat(reply.getOPT().getPayloadSize()).isEqualTo(1232);
    }
    assertThat(upstream.received()).hasSize(1);
  }

  @Test
  void passesOnANegativeAnswerWithItsSoa() throws Exception {
    Message reply = ask("missing.example.org.", Type.A, false);

    assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(reply.getSection(Section.AUTHORITY)).hasSize(1);
  }

  @Test
  void cutsWhatDoesNotFit() throws Exception {
    Message udp = ask("big.example.org.", Type.A, false);
    assertThat(udp.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(udp.getSection(Section.ANSWER)).hasSizeBetween(50, 80);

    Message tcp = ask("big.example.org.", Type.A, true);
    assertThat(tcp.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(tcp.getSection(Section.ANSWER)).hasSize(200);
  }

  /// RFC 1034 section 3.6.2, RFC 6604 section 3; D8.
  static Stream<Arguments> chains() {
    return Stream.of(
        Arguments.of(
            "to-alias.cluster.local.",
            Rcode.NOERROR,
            List.of(
                "to-alias.cluster.local. CNAME alias.example.org.",
                "alias.example.org. CNAME www.example.org.",
                "www.example.org. A 192.0.2.1")),
        Arguments.of(
            "to-back.cluster.local.",
            Rcode.NOERROR,
            List.of(
                "to-back.cluster.local. CNAME back.example.org.",
                "back.example.org. CNAME web.cluster.local.",
                "web.cluster.local. A 10.96.0.1")),
        Arguments.of(
            "to-missing.cluster.local.",
            Rcode.NXDOMAIN,
            List.of("to-missing.cluster.local. CNAME missing.example.org.")),
        Arguments.of("to-refused.cluster.local.", Rcode.SERVFAIL, List.of()));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void followsAliasesOutOfTheClusterAndBack(String name, int rcode, List<String> expected)
      throws Exception {
    for (int i = 0; i < 2; i++) {
      Message reply = ask(name, Type.A, false);

      assertThat(reply.getRcode()).isEqualTo(rcode);
      assertThat(answers(reply)).isEqualTo(expected);
      assertThat(reply.getHeader().getFlag(Flags.AA)).isEqualTo(rcode != Rcode.SERVFAIL);
    }
  }

  /// RFC 5452 section 6: "Care must be taken to only accept data if it is known that the originator
  /// is authoritative for the QNAME or a parent of the QNAME." For our names we are.
  static Stream<Arguments> leadingHere() {
    List<String> spoof =
        List.of(
            "spoof.example.org. CNAME alias.example.com.",
            "alias.example.com. CNAME web.cluster.local.",
            "web.cluster.local. A 10.96.0.1");
    List<String> round =
        List.of(
            "round.example.org. CNAME to-www.cluster.local.",
            "to-www.cluster.local. CNAME www.example.org.");
    return Stream.of(
        Arguments.of("spoof.example.org.", Rcode.NOERROR, spoof),
        Arguments.of(
            "to-spoof.cluster.local.",
            Rcode.NOERROR,
            concat(List.of("to-spoof.cluster.local. CNAME spoof.example.org."), spoof)),
        Arguments.of(
            "back.example.org.",
            Rcode.NOERROR,
            List.of(
                "back.example.org. CNAME web.cluster.local.", "web.cluster.local. A 10.96.0.1")),
        Arguments.of(
            "broken.example.org.",
            Rcode.NOERROR,
            List.of(
                "broken.example.org. CNAME web.cluster.local.", "web.cluster.local. A 10.96.0.1")),
        Arguments.of(
            "absent.example.org.",
            Rcode.NXDOMAIN,
            List.of("absent.example.org. CNAME absent.cluster.local.")),
        Arguments.of(
            "host.example.org.",
            Rcode.NOERROR,
            List.of(
                "host.example.org. CNAME known.example.net.", "known.example.net. A 192.0.2.44")),
        Arguments.of("round.example.org.", Rcode.NOERROR, round),
        Arguments.of(
            "to-round.cluster.local.",
            Rcode.NOERROR,
            concat(List.of("to-round.cluster.local. CNAME round.example.org."), round)));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("leadingHere")
  void letsNoUpstreamSpeakForItsNames(String name, int rcode, List<String> expected)
      throws Exception {
    for (int i = 0; i < 2; i++) {
      Message reply = ask(name, Type.A, i == 1);

      assertThat(reply.getRcode()).isEqualTo(rcode);
      assertThat(answers(reply)).startsWith(expected.toArray(String[]::new));
      assertThat(answers(reply)).noneMatch(answer -> answer.endsWith("192.0.2.66"));
      assertThat(reply.getHeader().getFlag(Flags.AA)).isEqualTo(name.endsWith("cluster.local."));
      assertThat(reply.getSection(Section.AUTHORITY).stream().map(Record::getName))
          .allMatch(owner -> owner.toString().equals("cluster.local."));
    }
  }

  /// Nor prove anything about them, to a client that would believe proofs (RFC 8198).
  @Test
  void passesOnNoProofsAboutItsNames() throws Exception {
    var validating = new SimpleResolver(server.addresses().getFirst());
    validating.setEDNS(0, 1232, org.xbill.DNS.ExtendedFlags.DO, List.of());
    validating.setTimeout(Duration.ofSeconds(20));
    Message reply = validating.send(Bench.question("proof.example.org", Type.A));

    assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(reply.getSection(Section.AUTHORITY).stream().map(Record::getType))
        .containsExactly(Type.SOA);
  }

  /// The records are about the name that was asked of the upstream, now and from the cache; the
  /// question is echoed as received.
  @ParameterizedTest
  @CsvSource({
    "Rewritten.example., 0, alias.example.org. CNAME www.example.org.",
    "gone.example., 3, ''",
    "chained.example., 0, to-alias.cluster.local. CNAME alias.example.org.",
  })
  void answersAQuestionThatWasPutInPlaceOfTheOneReceived(String name, int rcode, String first)
      throws Exception {
    for (int i = 0; i < 3; i++) {
      Message reply = ask(name, Type.A, i == 1);
      assertThat(reply.getQuestion().getName()).hasToString(name);
      assertThat(reply.getRcode()).isEqualTo(rcode);
      assertThat(String.join("; ", answers(reply))).startsWith(first);
      assertThat(reply.getSection(Section.ANSWER).isEmpty()).isEqualTo(first.isEmpty());
      assertThat(reply.getSection(Section.AUTHORITY)).hasSize(first.isEmpty() ? 1 : 0);
    }
  }

  @Test
  void followsAliasesInsideTheClusterFirst() throws Exception {
    assertThat(answers(ask("chain.cluster.local.", Type.A, false)))
        .startsWith(
            "chain.cluster.local. CNAME to-www.cluster.local.",
            "to-www.cluster.local. CNAME www.example.org.")
        .hasSize(5);
  }

  /// RFC 8914 section 4.23: "The resolver could not reach any of the authoritative name servers (or
  /// they potentially refused to reply)." At the end of a loop there is none to reach.
  @ParameterizedTest
  @CsvSource({
    "to-refused.cluster.local., refused.example.org.: response code 5",
    "to-loop.cluster.local., to-loop.cluster.local.: a loop of aliases",
  })
  void saysWhichNameOfAChainFailed(String name, String text) throws Exception {
    Message reply = ask(name, Type.A, false);

    assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    List<EDNSOption> options = reply.getOPT().getOptions();
    assertThat(options).singleElement().isInstanceOf(ExtendedErrorCodeOption.class);
    var error = (ExtendedErrorCodeOption) options.getFirst();
    assertThat(error.getErrorCode()).isEqualTo(ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY);
    assertThat(error.getText()).startsWith(text);
  }

  /// A name of the cluster never becomes a question to an upstream.
  @Test
  void keepsClusterNamesHome() throws Exception {
    assertThat(ask("nothing.cluster.local.", Type.A, false).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(ask("web.cluster.local.", Type.AAAA, true).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(upstream.received()).isEmpty();
  }

  /// Neither while a chain goes on nor when it came back into the zones.
  @ParameterizedTest
  @ValueSource(strings = {"to-www.cluster.local.", "to-back.cluster.local.", "www.example.org."})
  void keepsNoZonesAfterAChain(String name) throws Exception {
    assertThat(ask(name, Type.A, false).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(ForgottenZones.in(table)).isTrue();
  }
}
