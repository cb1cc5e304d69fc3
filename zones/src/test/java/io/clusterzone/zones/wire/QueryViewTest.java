package io.clusterzone.zones.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The parser's verdicts on messages, and the values it reads out of them.
class QueryViewTest {
  private static final String WEB = "web.shop.svc.cluster.local.";

  private final QueryView view = new QueryView();

  record Row(String rule, Packet packet, Verdict verdict) {
    @Override
    public String toString() {
      return verdict + ": " + rule;
    }
  }

  static Stream<Row> headers() {
    return Stream.of(
        new Row("a plain query", Packet.query(WEB, 1, 0), Verdict.QUERY),
        new Row("the root", Packet.query(".", 2, 0), Verdict.QUERY),
        new Row("nothing", new Packet(), Verdict.DROP),
        new Row("11 octets", new Packet().text("12345678901"), Verdict.DROP),
        new Row(
            "RFC 1035 4.1.1: QR says it is a response",
            Packet.header(0x8000, 1, 0, 0, 0).name(WEB).u16(1).u16(1),
            Verdict.DROP),
        new Row("no question", Packet.header(0, 0, 0, 0, 0), Verdict.FORMERR),
        new Row(
            "RFC 9619: QDCOUNT > 1 is FORMERR",
            Packet.header(0, 2, 0, 0, 0).name(WEB).u16(1).u16(1).name(WEB).u16(28).u16(1),
            Verdict.FORMERR),
        new Row("a question announced, none there", Packet.header(0, 1, 0, 0, 0), Verdict.FORMERR),
        new Row("two answers", Packet.header(0, 1, 2, 0, 0).name(WEB).u32(0), Verdict.FORMERR),
        new Row("two authorities", Packet.header(0, 1, 0, 2, 0).name(WEB).u32(0), Verdict.FORMERR),
        new Row("three additional", Packet.header(0, 1, 0, 0, 3).name(WEB).u32(0), Verdict.FORMERR),
        new Row(
            "counts of 65535 over nothing",
            Packet.header(0, 65535, 65535, 65535, 65535),
            Verdict.FORMERR),
        new Row(
            "octets behind the message do not matter",
            Packet.query(WEB, 1, 0).text("behind"),
            Verdict.QUERY));
  }

  static Stream<Row> names() {
    return Stream.of(
        new Row("a label of 63", Packet.query("x".repeat(63) + ".", 1, 0), Verdict.QUERY),
        new Row("any octet in a label", Packet.query("\u0000\u00ff *.\\.", 1, 0), Verdict.QUERY),
        new Row("a name of 255 octets", Packet.query(nameOf(255), 1, 0), Verdict.QUERY),
        new Row(
            "RFC 1035 2.3.4: names 255 octets or less",
            Packet.query(nameOf(256), 1, 0),
            Verdict.FORMERR),
        new Row("a name without end", Packet.header(0, 1, 0, 0, 0).text("\3abc"), Verdict.FORMERR),
        new Row("no type", Packet.header(0, 1, 0, 0, 0).name(WEB), Verdict.FORMERR),
        new Row("no class", Packet.header(0, 1, 0, 0, 0).name(WEB).u16(1), Verdict.FORMERR),
        new Row(
            "half a class", Packet.header(0, 1, 0, 0, 0).name(WEB).u16(1).u8(0), Verdict.FORMERR));
  }

  /// RFC 1035 section 4.1.4: `11` is a pointer, `01` and `10` are reserved; the first name of a
  /// message has no prior name to point to.
  static Stream<Row> firstLabelLengths() {
    return IntStream.range(64, 256)
        .mapToObj(length ->
            new Row(
                "a label length of " + length,
                Packet.header(0, 1, 0, 0, 0).u8(length).u8(12).name(WEB).u32(0x10001),
                Verdict.FORMERR));
  }

  static Stream<Row> edns() {
    return Stream.of(
        new Row("OPT", Packet.query(WEB, 1, 1).opt(1232, 0, 0, 0), Verdict.QUERY),
        new Row("OPT announced, none there", Packet.query(WEB, 1, 1), Verdict.FORMERR),
        new Row(
            "RFC 6891 6.1.3: a version we do not have",
            Packet.query(WEB, 1, 1).opt(1232, 1, 0, 0),
            Verdict.BADVERS),
        new Row(
            "RFC 6891 6.1.3: the options of such a version are not ours to read",
            Packet.query(WEB, 1, 1).opt(1232, 255, 0, 3).text("\1\2\3"),
            Verdict.BADVERS),
        new Row(
            "RFC 6891 6.1.1: more than one OPT is FORMERR",
            Packet.query(WEB, 1, 2).opt(1232, 0, 0, 0).opt(1232, 0, 0, 0),
            Verdict.FORMERR),
        new Row(
            "RFC 6891 6.1.2: the owner of OPT must be the root",
            Packet.query(WEB, 1, 1).name("a.").u16(41).u16(1232).u32(0).u16(0),
            Verdict.FORMERR),
        new Row(
            "RFC 6891 6.1.2: also by way of a pointer to the root",
            Packet.query(".", 1, 1).u16(0xc00c).u16(41).u16(1232).u32(0).u16(0),
            Verdict.FORMERR),
        new Row(
            "RFC 6891 6.1.1: OPT is for the additional section",
            Packet.header(0, 1, 1, 0, 0).name(WEB).u32(0x10001).opt(1232, 0, 0, 0),
            Verdict.FORMERR),
        new Row(
            "RFC 6891 6.1.2: unknown options are ignored",
            Packet.query(WEB, 1, 1).opt(1232, 0, 0, 9).u16(65001).u16(5).text("hello"),
            Verdict.QUERY),
        new Row(
            "a cookie is an option we do not have",
            Packet.query(WEB, 1, 1).opt(1232, 0, 0, 12).u16(10).u16(8).text("12345678"),
            Verdict.QUERY),
        new Row(
            "an option longer than RDATA",
            Packet.query(WEB, 1, 1).opt(1232, 0, 0, 8).u16(3).u16(5).text("four"),
            Verdict.FORMERR),
        new Row(
            "an option of 65535 octets",
            Packet.query(WEB, 1, 1).opt(1232, 0, 0, 4).u16(3).u16(65535),
            Verdict.FORMERR),
        new Row(
            "half an option's header",
            Packet.query(WEB, 1, 1).opt(1232, 0, 0, 3).u16(3).u8(0),
            Verdict.FORMERR),
        new Row(
            "RDLENGTH beyond the message",
            Packet.query(WEB, 1, 1).opt(1232, 0, 0, 1),
            Verdict.FORMERR));
  }

  static Stream<Row> otherRecords() {
    return Stream.of(
        new Row(
            "a TSIG record is passed over",
            Packet.query(WEB, 1, 2)
                .opt(1232, 0, 0, 0)
                .name("key.example.")
                .u16(250)
                .u16(255)
                .u32(0)
                .u16(4)
                .text("data"),
            Verdict.QUERY),
        new Row(
            "an owner that points to the question",
            Packet.query(WEB, 1, 1).u16(0xc00c).u16(1).u16(1).u32(0).u16(4).u32(1),
            Verdict.QUERY),
        new Row(
            "RFC 1035 4.1.4: a pointer goes to a prior name, not to itself",
            Packet.query(WEB, 1, 1).u16(0xc000 + 12 + 29 + 4).u16(1).u16(1).u32(0).u16(0),
            Verdict.FORMERR),
        new Row(
            "a pointer forward",
            Packet.query(WEB, 1, 1).u16(0xffff).u16(1).u16(1).u32(0).u16(0),
            Verdict.FORMERR),
        new Row(
            "a pointer into the header",
            Packet.query(WEB, 1, 1).u16(0xc00b).u16(1).u16(1).u32(0).u16(0),
            Verdict.FORMERR),
        new Row("half a pointer", Packet.query(WEB, 1, 1).u8(0xc0), Verdict.FORMERR),
        new Row(
            "a reserved label type",
            Packet.query(WEB, 1, 1).u8(0x41).u16(1).u16(1).u32(0).u16(0),
            Verdict.FORMERR),
        new Row(
            "an owner of 256 octets",
            Packet.query(WEB, 1, 1).name(nameOf(256)).u16(1).u16(1).u32(0).u16(0),
            Verdict.FORMERR),
        new Row(
            "an SOA in the authority section, as IXFR has it",
            Packet.header(0, 1, 0, 1, 0)
                .name(WEB)
                .u16(1)
                .u16(1)
                .u16(0xc00c)
                .u16(6)
                .u16(1)
                .u32(0)
                .u16(2)
                .u16(0),
            Verdict.QUERY));
  }

  @ParameterizedTest
  @MethodSource({"headers", "names", "firstLabelLengths", "edns", "otherRecords"})
  void judges(Row row) {
    assertThat(row.packet.readInto(view)).isEqualTo(row.verdict);
  }

  /// Whatever the class, an opcode other than QUERY is not ours (RFC 1035 section 4.1.1); NOTIFY
  /// among them.
  @ParameterizedTest
  @CsvSource({"0, OTHER_CLASS", "1, QUERY", "2, OTHER_CLASS", "3, CHAOS", "4, OTHER_CLASS"})
  @CsvSource({"254, OTHER_CLASS", "255, OTHER_CLASS", "65535, OTHER_CLASS"})
  void judgesOpcodesAndClasses(int recordClass, Verdict ofQuery) {
    for (int opcode = 0; opcode < 16; opcode++) {
      Packet packet = Packet.header(opcode << 11, 1, 0, 0, 0).name(WEB).u16(1).u16(recordClass);
      Verdict expected = opcode == 0 ? ofQuery : Verdict.NOTIMP;
      assertThat(packet.readInto(view)).as("opcode %d", opcode).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"251, TRANSFER", "252, TRANSFER", "255, QUERY", "41, QUERY", "0, QUERY"})
  void setsTransfersApart(int type, Verdict expected) {
    assertThat(Packet.query(WEB, type, 0).readInto(view)).isEqualTo(expected);
  }

  /// RFC 9267: a length is compared with the message before it is used.
  @Test
  void refusesEveryPrefixOfAQuery() {
    byte[] whole =
        Packet.query(WEB, 1, 2)
            .opt(1232, 0, 0, 4)
            .u16(3)
            .u16(0)
            .u16(0xc00c)
            .u16(1)
            .u16(1)
            .u32(0)
            .u16(2)
            .u16(7)
            .octets();
    ByteBuffer buffer = ByteBuffer.wrap(whole);
    assertThat(view.read(buffer, 0, whole.length)).isEqualTo(Verdict.QUERY);
    for (int length = 0; length < whole.length; length++) {
      assertThat(view.read(buffer, 0, length))
          .as("%d octets", length)
          .isEqualTo(length < Header.LENGTH ? Verdict.DROP : Verdict.FORMERR);
    }
  }

  @Test
  void readsHeaderAndQuestion() {
    byte[] message = Packet.query("WeB.Shop.", 33, 0).octets();
    message[3] = (byte) 0x10;
    assertThat(view.read(ByteBuffer.wrap(message), 0, message.length)).isEqualTo(Verdict.QUERY);
    assertThat(view.id()).isEqualTo(0x1234);
    assertThat(view.recursionDesired()).isTrue();
    assertThat(view.checkingDisabled()).isTrue();
    assertThat(view.type()).isEqualTo(33);
    assertThat(view.recordClass()).isEqualTo(1);
    assertThat(Arrays.copyOf(view.name(), view.nameLength()))
        .isEqualTo(Name.parse("web.shop.").toWire());
    assertThat(view.hash()).isEqualTo(NameHash.of(view.name(), 0, view.nameLength()));
    assertThat(Arrays.copyOf(view.head(), view.questionEnd())).isEqualTo(message);
    assertThat(view.edns()).isFalse();
  }

  @Test
  void readsEdns() {
    Packet.query(WEB, 1, 1).opt(4000, 0, Edns.DO, 4).u16(Edns.NSID).u16(0).readInto(view);
    assertThat(view.edns()).isTrue();
    assertThat(view.dnssecOk()).isTrue();
    assertThat(view.repeated()).isFalse();
    assertThat(view.nsidAsked()).isTrue();
    Packet.query(WEB, 1, 0).readInto(view);
    assertThat(view.edns()).as("of the query before").isFalse();
    assertThat(view.dnssecOk()).isFalse();
    assertThat(view.nsidAsked()).isFalse();
  }

  /// The mark of a query that another server has repeated; gone with the next query.
  @Test
  void knowsRepeatedQueries() {
    Packet.query(WEB, 1, 1)
        .opt(1232, 0, 0, 8)
        .u16(10)
        .u16(0)
        .u16(Edns.REPEATED)
        .u16(0)
        .readInto(view);
    assertThat(view.repeated()).isTrue();
    Packet.query(WEB, 1, 1).opt(1232, 0, 0, 4).u16(65_252).u16(0).readInto(view);
    assertThat(view.repeated()).isFalse();
  }

  /// RFC 6891 6.2.3: "Values lower than 512 MUST be treated as equal to 512."
  @ParameterizedTest
  @CsvSource({"0, 512", "100, 512", "512, 512", "1000, 1000", "1232, 1232", "65535, 1232"})
  void limitsUdpReplies(int announced, int expected) {
    Packet.query(WEB, 1, 1).opt(announced, 0, 0, 0).readInto(view);
    assertThat(view.udpLimit(1232)).isEqualTo(expected);
  }

  @Test
  void limitsUdpRepliesWithoutEdnsTo512() {
    Packet.query(WEB, 1, 0).readInto(view);
    assertThat(view.udpLimit(4096)).isEqualTo(512);
  }

  /// RFC 6891 6.2.4: a requestor may use what the responder has announced.
  @ParameterizedTest
  @ValueSource(ints = {513, 1232, 4096, 65000})
  void readsQueriesOverFiveHundredTwelveOctets(int padding) {
    Packet packet = Packet.query(WEB, 1, 1).opt(1232, 0, 0, padding + 4);
    packet.u16(12).u16(padding).text("\0".repeat(padding));
    assertThat(packet.readInto(view)).isEqualTo(Verdict.QUERY);
  }

  /// A name of so many octets in wire form.
  private static String nameOf(int octets) {
    String full = "x".repeat(63) + ".";
    return full.repeat(3) + "x".repeat(octets - 3 * 64 - 2) + ".";
  }
}
