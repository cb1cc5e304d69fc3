package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Packet;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Answers cut to fit.
class ReplySizeTest {
  private static final String BIG = "big.shop.svc.cluster.local.";
  private static final int BIG_COUNT = 5000;
  private static final int TARGETS = 600;
  private static final int A_LENGTH = 16;
  private static final int MAX = 65535;

  private static final Zones ZONES = new Zones(List.of(large(), Fixture.reverse()));

  private final Asker asker = new Asker(ZONES);

  private static Zone large() {
    var editor = new ZoneEditor(Fixture.forward(true));
    List<Rdata> srv = new ArrayList<>();
    for (int i = 0; i < TARGETS; i++) {
      Fixture.put(editor, "ep" + i + ".srv.shop.svc", Fixture.a("10.1." + i / 250 + "." + i % 250));
      Name target = Name.parse("ep" + i + ".srv.shop.svc.cluster.local.");
      srv.add(new Rdata.Srv(0, 1, 80, target));
      srv.add(new Rdata.Srv(0, 1, 443, target));
    }
    Fixture.put(editor, "srv.shop.svc", RRset.of(5, srv));
    Fixture.put(editor, "few.shop.svc", RRset.of(5, srv.subList(0, 8)));
    Fixture.put(editor, "big.shop.svc", Fixture.a(Fixture.addresses(BIG_COUNT)));
    Fixture.put(editor, "text.shop.svc", text());
    return editor.finish(8).zone();
  }

  private static RRset text() {
    List<Rdata> texts = new ArrayList<>();
    for (int length : List.of(10, 255, 3, 200, 1, 40)) {
      texts.add(new Rdata.Txt(List.of("x".repeat(length))));
    }
    return RRset.of(5, texts);
  }

  /// RFC 2181 9: "The TC bit should be set in responses only when an RRSet is required as a part of
  /// the response, but could not be included in its entirety."
  @ParameterizedTest
  @CsvSource({"512", "1232", "4096", "16384", "65535"})
  void putsInAsManyRecordsAsFit(int limit) {
    Message reply = asker.ask(Asker.query(BIG, Type.A), limit);
    int room = limit - 12 - BIG.length() - 1 - 4;
    assertThat(reply.getSection(Section.ANSWER)).hasSize(room / A_LENGTH);
    assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 512", "1, 501"})
  void leavesRoomForOpt(int edns, int roomForRecords) {
    Packet query = Packet.query(BIG, Type.A, edns);
    if (edns == 1) {
      query.opt(512, 0, 0, 0);
    }
    Message reply = Asker.parse(asker.exchange(query.octets(), 512));
    int room = roomForRecords - 12 - BIG.length() - 1 - 4;
    assertThat(reply.getSection(Section.ANSWER)).hasSize(room / A_LENGTH);
    assertThat(reply.getOPT() != null).isEqualTo(edns == 1);
  }

  @Test
  void cutsRotatedAnswersAnywhere() {
    var rotating = new Asker(ZONES, new AnswerOptions(false, true, 1232, Nsid.NONE));
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Message reply = rotating.ask(BIG, Type.A);
      assertThat(reply.getSection(1).stream().distinct()).hasSize(29);
      seen.add(Asker.lines(reply, 1).getFirst());
    }
    assertThat(seen.stream().distinct().count()).isGreaterThan(150);
  }

  /// RFC 2181 9: "Where the TC bit is not set, ... the additional section" may be incomplete.
  @Test
  void dropsAdditionalRecordsSilently() {
    boolean somewhereCut = false;
    for (int limit = 400; limit < 700; limit++) {
      Message reply = asker.ask(Asker.query("few.shop.svc.cluster.local.", Type.SRV), limit);
      boolean complete = reply.getSection(Section.ANSWER).size() == 8;
      int additional = reply.getSection(Section.ADDITIONAL).size();
      assertThat(reply.getHeader().getFlag(Flags.TC)).as("limit %d", limit).isEqualTo(!complete);
      assertThat(additional).isBetween(0, complete ? 4 : 0);
      somewhereCut |= complete && additional < 4;
    }
    assertThat(somewhereCut).isTrue();
  }

  /// RFC 1035 4.1.4: a pointer has 14 bits. Targets that stand beyond them get no addresses, and
  /// the others the right owner.
  @Test
  void pointsNoFurtherThanPointersReach() {
    var reply = asker.ask(Asker.query("srv.shop.svc.cluster.local.", Type.SRV), MAX);
    List<Record> answer = reply.getSection(Section.ANSWER);
    assertThat(answer).hasSize(2 * TARGETS);
    List<Record> additional = reply.getSection(Section.ADDITIONAL);
    assertThat(additional).hasSizeGreaterThan(100).hasSizeLessThan(TARGETS);
    for (int i = 0; i < additional.size(); i++) {
      assertThat(additional.get(i).getName())
          .isEqualTo(((SRVRecord) answer.get(2 * i)).getTarget());
      assertThat(additional.get(i).rdataToString()).isEqualTo("10.1." + i / 250 + "." + i % 250);
    }
  }

  @Test
  void keepsOrderOfACutChain() {
    List<String> whole = Asker.lines(asker.ask(chain(), MAX), Section.ANSWER);
    assertThat(whole).hasSize(12);
    for (int limit = 12; limit < 800; limit++) {
      Message reply = asker.ask(chain(), limit);
      List<String> lines = Asker.lines(reply, Section.ANSWER);
      assertThat(lines).isEqualTo(whole.subList(0, lines.size()));
      assertThat(reply.getHeader().getFlag(Flags.TC)).isEqualTo(lines.size() < 12);
    }
  }

  private static Message chain() {
    return Asker.query("chain11.shop.svc.cluster.local.", Type.A);
  }

  /// RFC 2308 3: "Name servers authoritative for a zone MUST include the SOA record of the zone in
  /// the authority section" of a negative answer: the longest question, OPT and identifier leave
  /// room for it.
  @Test
  void alwaysHasRoomForTheSoaOfANegativeAnswer() {
    String name = "x".repeat(63) + "." + "y".repeat(63) + "." + "z".repeat(63) + ".";
    String longest = name + "w".repeat(47) + ".cluster.local.";
    var options = new AnswerOptions(false, false, 512, Nsid.of("n".repeat(Nsid.MAX_LENGTH)));
    byte[] query = Packet.query(longest, 1, 1).opt(512, 0, 0, 4).u16(Edns.NSID).u16(0).octets();
    assertThat(query).hasSize(12 + 255 + 4 + 15);
    Message reply = Asker.parse(new Asker(ZONES, options).exchange(query, 512));
    assertThat(reply.getSection(Section.AUTHORITY)).hasSize(1);
    assertThat(reply.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(reply.getOPT()).isNotNull();
  }

  /// A negative answer behind a chain has its SOA, or TC says that the chain is not whole.
  @Test
  void keepsSoaBehindChainsThatFit() {
    for (int limit = 100; limit < 700; limit++) {
      Message reply = asker.ask(Asker.query("chain11.shop.svc.cluster.local.", Type.AAAA), limit);
      boolean cut = reply.getHeader().getFlag(Flags.TC);
      assertThat(reply.getSection(Section.AUTHORITY)).hasSize(cut ? 0 : 1);
      assertThat(reply.getSection(Section.ANSWER).size() == 11).isEqualTo(!cut);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BIG + " A",
        "web.shop.svc.cluster.local. SRV",
        "srv.shop.svc.cluster.local. SRV",
        "text.shop.svc.cluster.local. TXT",
        "cluster.local. NS",
        "no.cluster.local. A",
        "chain11.shop.svc.cluster.local. A",
        "chain11.shop.svc.cluster.local. AAAA",
        "gone-reverse.shop.svc.cluster.local. A",
        "self.shop.svc.cluster.local. A",
        "10-1-2-3.shop.pod.cluster.local. A",
        "example. A"
      })
  void fitsAnySizeAndDecodes(String question) {
    String[] parts = question.split(" ", -1);
    Packet packet = Packet.query(parts[0], Type.value(parts[1]), 1).opt(1232, 0, 0, 4);
    byte[] query = packet.u16(Edns.NSID).u16(0).octets();
    var options = new AnswerOptions(false, true, 1232, Nsid.of("node"));
    var rotating = new Asker(ZONES, options);
    for (int limit = 12; limit < 700; limit++) {
      Asker.parse(rotating.exchange(query, limit));
    }
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
    for (int i = 0; i < 50; i++) {
      int limit = random.nextInt(700, MAX + 1);
      Message reply = Asker.parse(rotating.exchange(query, limit));
      assertThat(reply.getOPT()).as("limit %d, seed %d", limit, seed).isNotNull();
    }
  }

  /// Whatever the size, writing ends and keeps to it, and more room never holds fewer records.
  @ParameterizedTest
  @ValueSource(strings = {BIG + " A", "srv.shop.svc.cluster.local. SRV", "cluster.local. NS"})
  void moreRoomNeverHoldsLess(String question) {
    String[] parts = question.split(" ", -1);
    byte[] query = Packet.query(parts[0], Type.value(parts[1]), 1).opt(1232, 0, 0, 0).octets();
    int before = 0;
    for (int limit : Asker.sizes()) {
      byte[] reply = asker.exchange(query, limit);
      int answers = (reply[6] & 0xff) << 8 | (reply[7] & 0xff);
      assertThat(answers).isGreaterThanOrEqualTo(before);
      before = answers;
    }
    assertThat(before).isPositive();
  }

  /// A reply that cannot hold question and OPT says no more than "ask over TCP".
  @ParameterizedTest
  @ValueSource(ints = {12, 13, 43, 53})
  void isATruncatedHeaderWhereNothingElseFits(int limit) {
    byte[] query = Packet.query(BIG, Type.A, 1).opt(1232, 0, 0, 0).octets();
    assertThat(query.length).isEqualTo(55);
    byte[] reply = asker.exchange(query, limit);
    assertThat(reply).hasSize(12);
    Message parsed = Asker.parse(reply);
    assertThat(parsed.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(parsed.getHeader().getCount(Section.QUESTION)).isZero();
  }
}
