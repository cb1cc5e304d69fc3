package io.clusterzone.dns.query;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Log.ResponseClass;
import io.clusterzone.dns.ops.DnsMetrics;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Scraped;
import io.clusterzone.dns.ops.log.LogFormat;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.answer.Nsid;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.ZoneTable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class QueryHandlerTest {
  private static final ZoneTable ZONES =
      TestBlocks.zones(true, "cluster.local", "10.in-addr.arpa", "other.test");

  /// A block that logs its own name, so that the one that was picked shows.
  private static ServerBlock marked(String zone) {
    return TestBlocks.at(zone)
        .whoami()
        .log(new LogRule(Name.ROOT, new LogFormat("block " + zone), all()))
        .block();
  }

  private static Set<ResponseClass> all() {
    return EnumSet.allOf(ResponseClass.class);
  }

  @ParameterizedTest
  @CsvSource({
    "web.cluster.local,      A,  cluster.local",
    "WEB.Cluster.LOCAL,      A,  cluster.local",
    "cluster.local,          A,  cluster.local",
    "a.b.shop.cluster.local, A,  shop.cluster.local",
    "shop.cluster.local,     A,  shop.cluster.local",
    "workshop.cluster.local, A,  cluster.local",
    "www.notcluster.local,   A,  local",
    "cluster.local.example,  A,  .",
    "local,                  A,  local",
    ".,                      A,  .",
    "shop.cluster.local,     DS, cluster.local",
    "cluster.local,          DS, local",
    "local,                  DS, local",
    "web.shop.cluster.local, DS, shop.cluster.local",
  })
  void theLongestKeyByLabelsTakesTheQuery(String name, String type, String block) throws Exception {
    try (Bench bench =
        new Bench(
            marked("."), marked("cluster.local"), marked("local"), marked("shop.cluster.local"))) {
      assertThat(bench.ask(Bench.question(name, type)).getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(bench.log()).isEqualTo("[INFO] block " + block + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"www.example.com", "notcluster.local", "local", "."})
  void refusesWhatNoBlockTakes(String name) throws Exception {
    try (Bench bench = new Bench(TestBlocks.at("cluster.local").whoami().block())) {
      Message reply = bench.ask(Bench.question(name, Type.A));
      assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
      assertThat(reply.getQuestion().getName()).hasToString(name.equals(".") ? "." : name + ".");
      assertThat(unmatched(bench, "REFUSED")).isEqualTo(1);
    }
  }

  /// As CoreDNS where a server block has no plugin chain, and counted as it does.
  @ParameterizedTest
  @CsvSource({
    "www.cluster.local, A",
    "cluster.local,     A",
    "cluster.local,     DS",
  })
  void refusesWhatABlockTakesThatHasNobodyToAnswer(String name, String type) throws Exception {
    try (Bench bench =
        new Bench(
            TestBlocks.at("cluster.local").refuses().block(),
            TestBlocks.at("local").whoami().block())) {
      Message reply = bench.ask(Bench.question(name, type));
      assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(unmatched(bench, "REFUSED")).isEqualTo(1);
    }
  }

  @Test
  void countsHowLongQueriesTookWhereverTheyGo() throws Exception {
    ServerBlock block = TestBlocks.at("cluster.local").whoami().block();
    try (Bench bench = new Bench(block)) {
      var _ = bench.ask(Bench.question("cluster.local", Type.A));
      var _ = bench.ask(Bench.question("example.com", Type.A));
      var _ = bench.ask(Bench.question("example.com", Type.A));
      assertThat(new Metrics(List.of(new DnsMetrics(bench.counters()))).text())
          .containsPattern("duration_seconds_count\\{[^}]*zone=\"cluster.local.\"[^}]*} 1\n")
          .containsPattern("duration_seconds_count\\{[^}]*zone=\"dropped\"[^}]*} 2\n");
    }
  }

  @Test
  void answersFromTheZonesOfTheBlock() throws Exception {
    try (Bench bench = cluster("")) {
      Message reply = bench.ask(Bench.question("Web.cluster.local", Type.A));
      assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
      assertThat(reply.getSection(Section.ANSWER).getFirst().rdataToString())
          .isEqualTo("10.96.0.1");
    }
  }

  private static Bench cluster(String fallthrough) {
    return new Bench(
        TestBlocks.at(".")
            .kubernetes(ZONES, "cluster.local 10.in-addr.arpa", fallthrough)
            .whoami()
            .block());
  }

  /// A stale zone is answered from, but that it lacks a name sends nobody elsewhere.
  @ParameterizedTest
  @CsvSource({
    "web.cluster.local,      A,   .,            NOERROR,  3",
    "missing.cluster.local,  A,   '',           NXDOMAIN, 19",
    "missing.cluster.local,  A,   in-addr.arpa, NXDOMAIN, 19",
    "missing.cluster.local,  A,   .,            SERVFAIL, 14",
    "1.0.0.10.in-addr.arpa,  PTR, in-addr.arpa, SERVFAIL, 14",
    "gone.cluster.local,     A,   .,            NXDOMAIN, 19",
  })
  void aStaleZoneLeavesNoNameToOthers(
      String name, String type, String fallthrough, String rcode, int error) throws Exception {
    try (Bench bench =
        new Bench(
            TestBlocks.at(".")
                .kubernetes(TestBlocks.stale(ZONES), "cluster.local 10.in-addr.arpa", fallthrough)
                .whoami()
                .block())) {
      Message question = Bench.question(name, type);
      question.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
      Message reply = bench.ask(question);
      assertThat(Rcode.string(reply.getRcode())).isEqualTo(rcode);
      assertThat(reply.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR))
          .singleElement()
          .extracting(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
          .isEqualTo(error);
    }
  }

  /// The answer of `whoami` has the client's address in the additional section.
  @ParameterizedTest
  @CsvSource({
    "missing.cluster.local,  A,   '',                       NXDOMAIN, 0",
    "missing.cluster.local,  A,   10.in-addr.arpa,          NXDOMAIN, 0",
    "missing.cluster.local,  A,   cluster.local,            NOERROR,  2",
    "missing.cluster.local,  A,   .,                        NOERROR,  2",
    "1.0.0.10.in-addr.arpa,  PTR, in-addr.arpa ip6.arpa,    NOERROR,  2",
    "web.cluster.local,      TXT, .,                        NOERROR,  0",
    "web.cluster.local,      A,   .,                        NOERROR,  0",
    "gone.cluster.local,     A,   .,                        NXDOMAIN, 0",
    "www.example.com,        A,   '',                       NOERROR,  2",
    "web.other.test,         A,   '',                       NOERROR,  2",
  })
  void fallsThroughOnNameErrorsOfTheListedZonesAlone(
      String name, String type, String fallthrough, String rcode, int additional) throws Exception {
    try (Bench bench = cluster(fallthrough)) {
      Message reply = bench.ask(Bench.question(name, type));
      assertThat(Rcode.string(reply.getRcode())).isEqualTo(rcode);
      assertThat(reply.getSection(Section.ADDITIONAL)).hasSize(additional);
    }
  }

  /// RFC 8914 section 4.15; an answer that may still come must not leave for another source.
  @Test
  void saysServfailWhileTheZoneIsBeingLearntAndDoesNotFallThrough() throws Exception {
    ZoneTable learning = TestBlocks.zones(false, "cluster.local");
    try (Bench bench =
        new Bench(TestBlocks.at(".").kubernetes(learning, "cluster.local", ".").whoami().block())) {
      Message reply = bench.ask(Bench.question("missing.cluster.local", Type.A));
      assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
      assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
    }
  }

  @Test
  void saysServfailAndLogsItWhereNoDirectiveAnswers() throws Exception {
    try (Bench bench = new Bench(TestBlocks.at(".").errors().block())) {
      assertThat(bench.ask(Bench.question("a\\\"b\\010.example", Type.A)).getRcode())
          .isEqualTo(Rcode.SERVFAIL);
      assertThat(bench.log())
          .isEqualTo(
              "[ERROR] plugin/errors: 2 a\\\"b\\010.example. A: no directive of the server block"
                  + " answers\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "version.bind,   TXT, NOERROR, clusterzone",
    "VERSION.bind,   TXT, NOERROR, clusterzone",
    "version.server, TXT, NOERROR, clusterzone",
    "authors.bind,   TXT, NOERROR, one two",
    "hostname.bind,  TXT, NOERROR, node-1",
    "id.server,      TXT, NOERROR, node-1",
    "version.bind,   A,   REFUSED, ''",
    "version.bind.x, TXT, REFUSED, ''",
    "bind,           TXT, REFUSED, ''",
  })
  void chaosAnswersItsNamesAndNothingElse(String name, String type, String rcode, String texts)
      throws Exception {
    try (Bench bench =
        new Bench(TestBlocks.at(".").chaos("clusterzone", "one", "two").whoami().block())) {
      Message reply = bench.ask(Bench.question(name, Type.value(type), DClass.CH));
      assertThat(Rcode.string(reply.getRcode())).isEqualTo(rcode);
      List<String> answers =
          reply.getSection(Section.ANSWER).stream().map(r -> r.rdataToString()).toList();
      assertThat(String.join(" ", answers)).isEqualTo(texts);
      assertThat(reply.getSection(Section.ANSWER))
          .allMatch(record -> record.getDClass() == DClass.CH && record.getTTL() == 0);
    }
  }

  /// RFC 1035 section 3.2.4: a class is a name space of its own; data of class IN is no answer.
  @ParameterizedTest
  @ValueSource(ints = {DClass.CH, DClass.HS, DClass.NONE, DClass.ANY, 4711})
  void refusesOtherClasses(int recordClass) throws Exception {
    try (Bench bench = cluster(".")) {
      Message reply = bench.ask(Bench.question("web.cluster.local", Type.A, recordClass));
      assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Type.AXFR, Type.IXFR})
  void refusesZoneTransfers(int type) throws Exception {
    for (Protocol protocol : Protocol.values()) {
      try (Bench bench = cluster("")) {
        assertThat(bench.ask(Bench.question("cluster.local", type), protocol).getRcode())
            .isEqualTo(Rcode.REFUSED);
      }
    }
  }

  /// RFC 8482 section 4.2.
  @ParameterizedTest
  @ValueSource(strings = {"web.cluster.local", "missing.cluster.local", "www.example.com"})
  void anyAnswersBeforeAnyZone(String name) throws Exception {
    try (Bench bench =
        new Bench(TestBlocks.at(".").any().kubernetes(ZONES, "cluster.local", "").block())) {
      Message reply = bench.ask(Bench.question(name, Type.ANY));
      assertThat(reply.getSection(Section.ANSWER)).hasSize(1);
      assertThat(reply.getSection(Section.ANSWER).getFirst().getType()).isEqualTo(Type.HINFO);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UDP, 192.0.2.7,   A,    192.0.2.7,       _udp.me.example.",
    "TCP, 2001:db8::7, AAAA, 2001:db8:0:0:0:0:0:7, _tcp.me.example."
  })
  void whoamiTellsWhatItSees(
      Protocol protocol, String client, String type, String address, String service)
      throws Exception {
    try (Bench bench = new Bench(TestBlocks.at(".").whoami().block())) {
      byte[] reply =
          bench.askOctets(
              Bench.question("me.example", Type.MX).toWire(), new CapturedReply(protocol, client));
      List<org.xbill.DNS.Record> seen = new Message(reply).getSection(Section.ADDITIONAL);
      assertThat(Type.string(seen.get(0).getType())).isEqualTo(type);
      assertThat(seen.get(0).rdataToString()).isEqualTo(address);
      assertThat(seen.get(1).getName()).hasToString(service);
      assertThat(seen.get(1).rdataToString()).isEqualTo("0 0 40000 .");
    }
  }

  @Test
  void optionsOfTheBlockShapeTheReply() throws Exception {
    AnswerOptions options = new AnswerOptions(false, false, 700, Nsid.of("node-1"));
    try (Bench bench = new Bench(TestBlocks.at(".").options(options).whoami().block())) {
      Message question = Bench.question("me.example", Type.A);
      question.addRecord(
          new OPTRecord(4096, 0, 0, 0, List.of(new NSIDOption(new byte[0]))), Section.ADDITIONAL);
      OPTRecord opt = bench.ask(question).getOPT();
      assertThat(opt.getPayloadSize()).isEqualTo(700);
      assertThat(opt.getOptions(EDNSOption.Code.NSID))
          .containsExactly(new NSIDOption("node-1".getBytes(US_ASCII)));
    }
  }

  /// RFC 6895 section 2.2 has these opcodes; RFC 1035 section 4.1.1: "NOTIMP".
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, Opcode.NOTIFY, Opcode.UPDATE, 6, 7, 15})
  void doesNotImplementOtherOpcodes(int opcode) throws Exception {
    try (Bench bench = cluster("")) {
      Message question = Bench.question("web.cluster.local", Type.A);
      question.getHeader().setOpcode(opcode);
      Message reply = bench.ask(question);
      assertThat(reply.getRcode()).isEqualTo(Rcode.NOTIMP);
      assertThat(reply.getHeader().getOpcode()).isEqualTo(opcode);
      assertThat(reply.getHeader().getID()).isEqualTo(question.getHeader().getID());
    }
  }

  /// RFC 6891 section 6.1.3: "MUST respond with RCODE=BADVERS".
  @Test
  void saysBadversToALaterVersionOfEdns() throws Exception {
    try (Bench bench = cluster("")) {
      Message question = Bench.question("web.cluster.local", Type.A);
      question.addRecord(new OPTRecord(1232, 0, 1, 0), Section.ADDITIONAL);
      Message reply = bench.ask(question);
      assertThat(reply.getRcode()).isEqualTo(Rcode.BADVERS);
      assertThat(reply.getOPT().getVersion()).isZero();
      assertThat(unmatched(bench, "BADVERS")).isEqualTo(1);
    }
  }

  @Test
  void dropsWhatIsNoQueryAndSaysFormerrToWhatDoesNotParse() {
    byte[] header = {1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    byte[] response = header.clone();
    response[2] = (byte) 0x80;
    try (Bench bench = cluster("")) {
      assertThat(bench.askOctets(new byte[11], udp())).isEmpty();
      assertThat(bench.askOctets(new byte[0], udp())).isEmpty();
      assertThat(bench.askOctets(response, udp())).isEmpty();
      assertThat(bench.askOctets(header, udp())).hasSize(12).startsWith(1, 2, 0x81, Rcode.FORMERR);
    }
  }

  private static CapturedReply udp() {
    return new CapturedReply(Protocol.UDP, "192.0.2.7");
  }

  @Test
  void answersServfailAfterAnExceptionAndLogsWhatItWas() throws Exception {
    try (Bench bench = new Bench(TestBlocks.at(".").errors().block())) {
      Message reply =
          bench.fail(Bench.question("web.example", Type.A), new IllegalStateException("node\n7"));
      assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(reply.getQuestion().getName()).hasToString("web.example.");
      assertThat(bench.log())
          .isEqualTo(
              "[ERROR] plugin/errors: 2 web.example. A: unexpected"
                  + " java.lang.IllegalStateException: node\\0107\n");
    }
  }

  @Test
  void logsAnExceptionWithoutTheDirectiveErrorsToo() throws Exception {
    try (Bench bench = new Bench(TestBlocks.at(".").whoami().block())) {
      bench.fail(Bench.question("web.example", Type.A), new IllegalStateException("x"));
      assertThat(bench.log()).endsWith("unexpected java.lang.IllegalStateException: x\n");
    }
  }

  /// An event loop may be idle for days while the zones change, and must not keep those of its last
  /// query: a version of a large cluster takes as much memory as the cluster.
  @ParameterizedTest
  @CsvSource({
    "web.cluster.local, A",
    "web.cluster.local, AAAA",
    "alias.cluster.local, A",
    "gone.cluster.local, A",
    "none.cluster.local, A",
    "none.below.cluster.local, A",
  })
  void keepsNoZonesAfterAQuery(String name, String type) throws Exception {
    ZoneTable table = TestBlocks.zones(true, "cluster.local");
    ServerBlock block =
        TestBlocks.at(".")
            .kubernetes(table, "cluster.local", "below.cluster.local")
            .whoami()
            .block();
    try (Bench bench = new Bench(block)) {
      bench.ask(Bench.question(name, type));
      assertThat(ForgottenZones.in(table)).isTrue();
    }
  }

  private static long unmatched(Bench bench, String rcode) {
    return Scraped.count(
        bench.counters(), Bench.UNMATCHED, "coredns_dns_responses_total", "rcode", rcode);
  }
}
