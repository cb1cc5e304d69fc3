package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Names in RDATA, compressed where a reply does not fit otherwise.
class NameCompressionTest {
  private static final int MAX = 65535;
  private static final String SHOP = ".shop.svc.cluster.local.";

  private static final Name TOP = Name.parse("t.");

  private static final Zones ZONES = new Zones(List.of(forward(), reverse()));

  private final Asker asker = new Asker(ZONES);

  /// Twenty name servers, and aliases of a Service with six ports.
  private static Zone forward() {
    var editor = new ZoneEditor(Fixture.forward(true));
    editor.replace(Fixture.CLUSTER, Content.of(RRset.of(5, names(20).map(Rdata.Ns::new).toList())));
    names(20).forEach(name -> editor.replace(name, Content.of(Fixture.a("10.1.0.1"))));
    Fixture.put(editor, "ports.shop.svc", Fixture.srv("ports" + SHOP, 80, 81, 82, 83, 84, 85));
    for (int i = 1; i <= 9; i++) {
      String target = i == 1 ? "ports" : "to-ports" + (i - 1);
      Fixture.put(editor, "to-ports" + i + ".shop.svc", Fixture.cname(target + SHOP));
    }
    return editor.finish(8).zone();
  }

  private static Zone reverse() {
    var editor = new ZoneEditor(Fixture.reverse());
    editor.replace(
        Name.parse("1.0.1.10.in-addr.arpa."),
        Content.of(RRset.of(5, names(20).map(Rdata.Ptr::new).toList())));
    return editor.finish(8).zone();
  }

  private static Stream<Name> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> Name.parse("ep-" + i + ".db" + SHOP));
  }

  /// RFC 1035 4.1.4: "an entire domain name or a list of labels at the end of a domain name is
  /// replaced with a pointer to a prior occurance of the same name".
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "chain11.shop.svc.cluster.local., A, 12",
    "cHAIN11.ShOp.SvC.cluster.LOCAL., A, 12",
    "chain11.shop.svc.cluster.local., AAAA, 11",
    "1.0.1.10.in-addr.arpa., PTR, 20",
    "cluster.local., NS, 20",
    "to-ports5.shop.svc.cluster.local., SRV, 11",
  })
  void fitsWhereItWouldNotOtherwise(String name, String type, int answers) {
    Message query = Asker.query(name, Type.value(type));
    Message whole = asker.ask(query, MAX);
    assertThat(whole.numBytes()).isGreaterThan(512);
    Message reply = asker.ask(query, 512);
    assertThat(reply.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(reply.getSection(Section.ANSWER)).hasSize(answers);
    for (int section : List.of(Section.ANSWER, Section.AUTHORITY)) {
      assertThat(folded(reply, section)).isEqualTo(folded(whole, section));
    }
  }

  private static List<String> folded(Message reply, int section) {
    return Asker.lines(reply, section).stream().map(l -> l.toLowerCase(Locale.ROOT)).toList();
  }

  /// The glue of name servers that fit only so is at the right names.
  @Test
  void addressesAreThoseOfCompressedNames() {
    Message reply = asker.ask(Asker.query("cluster.local.", Type.NS), 600);
    assertThat(reply.getSection(Section.ANSWER)).hasSize(20);
    List<String> owners =
        reply.getSection(Section.ADDITIONAL).stream().map(r -> r.getName().toString()).toList();
    assertThat(owners)
        .isNotEmpty()
        .isEqualTo(
            reply.getSection(Section.ANSWER).stream()
                .map(org.xbill.DNS.Record::rdataToString)
                .limit(owners.size())
                .toList());
  }

  /// RFC 2782: "Unless and until permitted by future standards action, name compression is not to
  /// be used for this field."
  @Test
  void targetsOfSrvRecordsAreNotCompressed() {
    byte[] query = Asker.query("to-ports5" + SHOP, Type.SRV).toWire();
    StoredReply reply = StoredReply.of(asker.exchange(query, 512));
    Message parsed = Asker.parse(reply.message());
    for (int i = 0; i < reply.answers(); i++) {
      if (parsed.getSection(Section.ANSWER).get(i) instanceof SRVRecord srv) {
        int rdata = reply.ttlOffset(i) + Integer.BYTES + Short.BYTES;
        assertThat(reply.recordEnd(i) - rdata).isEqualTo(6 + srv.getTarget().length());
      }
    }
  }

  /// What fits is a copy of what was prepared.
  @Test
  void nothingIsCompressedThatFits() {
    byte[] query = Asker.query("chain11" + SHOP, Type.A).toWire();
    int length = asker.exchange(query, MAX).length;
    assertThat(asker.exchange(query, length)).hasSize(length);
    assertThat(asker.exchange(query, length - 1)).hasSizeLessThan(length * 3 / 5);
  }

  /// Whatever the size: what is there is what stands in the whole reply, and more room never holds
  /// less.
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "chain11.shop.svc.cluster.local., A",
    "chain9.shop.svc.cluster.local., AAAA",
    "1.0.1.10.in-addr.arpa., PTR",
    "cluster.local., NS",
    "cluster.local., SOA",
    "to-ports9.shop.svc.cluster.local., SRV",
    "gone-reverse.shop.svc.cluster.local., A",
  })
  void everySizeIsABeginningOfTheWhole(String name, String type) {
    Message query = Asker.query(name, Type.value(type));
    List<String> whole = Asker.lines(asker.ask(query, MAX), Section.ANSWER);
    int before = 0;
    for (int limit = 12; limit < 1400; limit++) {
      Message reply = asker.ask(query, limit);
      List<String> lines = Asker.lines(reply, Section.ANSWER);
      assertThat(lines).as("limit %d", limit).isEqualTo(whole.subList(0, lines.size()));
      assertThat(lines.size()).as("limit %d", limit).isGreaterThanOrEqualTo(before);
      before = lines.size();
    }
    assertThat(before).isEqualTo(whole.size());
  }

  /// Names with any octets and of any length, which end alike or not: dnsjava reads what was there.
  @Test
  void anyNamesSurvive() {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
    for (int round = 0; round < 300; round++) {
      Name owner = name(random, TOP);
      List<Name> targets =
          IntStream.range(0, random.nextInt(1, 12))
              .mapToObj(_ -> name(random, random.nextBoolean() ? owner : TOP))
              .distinct()
              .toList();
      var editor = new ZoneEditor(Fixture.empty(TOP, 5));
      editor.replace(owner, Content.of(RRset.of(5, targets.stream().map(Rdata.Ptr::new).toList())));
      var fuzzed = new Asker(new Zones(List.of(editor.finish(2).zone())));
      Message query = Asker.query(owner.toString(), Type.PTR);
      List<String> whole = Asker.lines(fuzzed.ask(query, MAX), Section.ANSWER);
      assertThat(whole).hasSize(targets.size());
      List<String> cut =
          Asker.lines(fuzzed.ask(query, random.nextInt(12, 1500)), Section.ANSWER).stream()
              .map(line -> line.toLowerCase(Locale.ROOT))
              .toList();
      assertThat(cut)
          .as("seed %d", seed)
          .isEqualTo(
              whole.subList(0, cut.size()).stream().map(l -> l.toLowerCase(Locale.ROOT)).toList());
    }
  }

  private static Name name(RandomGenerator random, Name below) {
    Name name = below;
    for (int labels = random.nextInt(1, 6); labels > 0; labels--) {
      byte[] label = new byte[random.nextInt(8) == 0 ? random.nextInt(1, 64) : 1];
      for (int i = 0; i < label.length; i++) {
        label[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : 'a' + random.nextInt(2));
      }
      if (name.length() + label.length + 1 <= Name.MAX_LENGTH) {
        name = name.child(label);
      }
    }
    return name;
  }
}
