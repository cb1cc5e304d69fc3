package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Packet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The parts of every reply: header, question, spelling of owners, OPT record.
class ReplyHeaderTest {
  private static final String WEB = "web.shop.svc.cluster.local.";
  private static final int A = Type.A;

  private final Asker asker = new Asker(Fixture.cluster());

  /// RFC 1035 4.1.1: RD "is copied into the response"; RFC 6840 5.9: CD too; RFC 6840 5.8: AD says
  /// something only of validated data.
  @ParameterizedTest
  @CsvSource({"0x0000, 0x8400", "0x0100, 0x8500", "0x0010, 0x8410", "0x07b0, 0x8510"})
  void copiesRdAndCdAlone(String flags, String expected) {
    byte[] query = Packet.query(WEB, A, 0).octets();
    ByteBuffer.wrap(query).putShort(2, (short) (int) Integer.decode(flags));
    ByteBuffer reply = ByteBuffer.wrap(asker.exchange(query, 512));
    assertThat(reply.getShort(0)).isEqualTo((short) 0x1234);
    assertThat(reply.getShort(2)).isEqualTo((short) (int) Integer.decode(expected));
  }

  /// The question comes back octet by octet, whatever its spelling: resolvers hide entropy in it
  /// (draft-vixie-dnsext-dns0x20), and owners of answers are spelt the same.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "wEb.ShOp.SvC.cLuStEr.LoCaL.",
        "WEB.SHOP.SVC.CLUSTER.LOCAL.",
        "1_A.shop.svc.cluster.LOCAL.",
        "hOsT.Wild.shop.svc.cluster.local.",
        "10-1-2-3.SHOP.pod.cluster.local.",
        "1.0.96.10.IN-addr.ARPA."
      })
  void echoesQuestionAndItsSpelling(String name) {
    byte[] query = Packet.query(name, Type.ANY, 0).octets();
    byte[] reply = asker.exchange(query, 512);
    assertThat(Arrays.copyOfRange(reply, 12, query.length))
        .isEqualTo(Arrays.copyOfRange(query, 12, query.length));
    for (Record record : Asker.parse(reply).getSection(Section.ANSWER)) {
      assertThat(record.getName().toString()).isEqualTo(name);
    }
  }

  @Test
  void spellsZoneOfNegativeAnswerAsInTheQuestion() {
    Message reply = asker.ask("no.SVC.CluSTer.LocAL.", A);
    assertThat(Asker.lines(reply, Section.AUTHORITY))
        .containsExactly(
            "CluSTer.LocAL. 5 IN SOA ns.dns.CluSTer.LocAL. hostmaster.CluSTer.LocAL."
                + " 7 7200 1800 86400 5");
  }

  /// Behind a chain, the apex of the negative answer is spelt where the last alias spells it.
  @Test
  void pointsNegativeAnswerBehindAChainIntoTheChain() {
    byte[] query = Packet.query("gone.shop.svc.CLUSTER.local.", A, 0).octets();
    Message reply = Asker.parse(asker.exchange(query, 512));
    assertThat(reply.getSection(Section.AUTHORITY).getFirst().getName())
        .hasToString("cluster.local.");
  }

  /// RFC 6891 7: "Lack of presence of an OPT record in a request MUST be taken as an indication
  /// that the requestor does not implement any part of this specification and that the responder
  /// MUST NOT include an OPT record in its response."
  @ParameterizedTest
  @ValueSource(strings = {WEB, "no.cluster.local.", "self.shop.svc.cluster.local.", "example."})
  void hasNoOptUnlessAsked(String name) {
    assertThat(asker.ask(name, A).getOPT()).isNull();
  }

  /// RFC 6891 6.1.1: "If an OPT record is present in a received request, compliant responders MUST
  /// include an OPT record in their respective responses." 6.1.4: unassigned flags zero; RFC 3225
  /// 3: DO copied.
  @ParameterizedTest
  @CsvSource({"0x0000, 0x0000", "0x8000, 0x8000", "0x7fff, 0x0000", "0xffff, 0x8000"})
  void hasOptWithOurSizeIfAsked(String flags, String expected) {
    for (String name : List.of(WEB, "no.cluster.local.", "example.")) {
      byte[] query = Packet.query(name, A, 1).opt(4000, 0, Integer.decode(flags), 0).octets();
      OPTRecord opt = opt(asker, query);
      assertThat(opt.getPayloadSize()).isEqualTo(1232);
      assertThat(opt.getVersion()).isZero();
      assertThat(opt.getFlags()).isEqualTo(Integer.decode(expected));
      assertThat(opt.getOptions(Edns.NSID)).isEmpty();
    }
  }

  @Test
  void advertisesConfiguredSize() {
    var large = new Asker(Fixture.cluster(), new AnswerOptions(false, false, 4096, Nsid.NONE));
    byte[] query = Packet.query(WEB, A, 1).opt(512, 0, 0, 0).octets();
    assertThat(opt(large, query).getPayloadSize()).isEqualTo(4096);
  }

  /// RFC 5001 2.2: the identifier is given to those who ask for it.
  @ParameterizedTest
  @ValueSource(strings = {WEB, "no.cluster.local.", "self.shop.svc.cluster.local.", "example."})
  void tellsIdentifierToThoseWhoAsk(String name) {
    var options = new AnswerOptions(false, false, 1232, Nsid.of("node-1"));
    var named = new Asker(Fixture.cluster(), options);
    byte[] asks = Packet.query(name, A, 1).opt(1232, 0, 0, 4).u16(Edns.NSID).u16(0).octets();
    byte[] nsid = opt(named, asks).getOptions(EDNSOption.Code.NSID).getFirst().toWire();
    assertThat(new String(nsid, 4, nsid.length - 4, StandardCharsets.UTF_8)).isEqualTo("node-1");
    byte[] doesNot = Packet.query(name, A, 1).opt(1232, 0, 0, 0).octets();
    assertThat(opt(named, doesNot).getOptions(EDNSOption.Code.NSID)).isEmpty();
    assertThat(opt(asker, asks).getOptions(EDNSOption.Code.NSID)).as("none to tell").isEmpty();
  }

  /// RFC 7873 5.2.2 and RFC 6891 6.1.2: an option we do not have is ignored, not echoed.
  @Test
  void doesNotEchoOptions() {
    byte[] query =
        Packet.query(WEB, A, 1).opt(1232, 0, 0, 12).u16(10).u16(8).text("12345678").octets();
    assertThat(opt(asker, query).getOptions()).isEmpty();
  }

  @Test
  void minimalLeavesAdditionalSectionEmpty() {
    var minimal = new Asker(Fixture.cluster(), new AnswerOptions(true, false, 1232, Nsid.NONE));
    Message reply = minimal.ask(WEB, Type.SRV);
    assertThat(reply.getSection(Section.ANSWER)).hasSize(2);
    assertThat(reply.getSection(Section.ADDITIONAL)).isEmpty();
    assertThat(reply.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(minimal.ask("cluster.local.", Type.NS).getSection(Section.ADDITIONAL)).isEmpty();
    assertThat(minimal.ask("no.cluster.local.", A).getSection(Section.AUTHORITY)).hasSize(1);
  }

  private static OPTRecord opt(Asker asker, byte[] query) {
    OPTRecord opt = Asker.parse(asker.exchange(query, 1232)).getOPT();
    assertThat(opt).isNotNull();
    return opt;
  }
}
