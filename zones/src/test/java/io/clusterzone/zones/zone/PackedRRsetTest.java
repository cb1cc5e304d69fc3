package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// Short forms are written out as the records that went in, whatever end of the owner their names
/// share; dnsjava is who reads them.
final class PackedRRsetTest {
  private static final List<Function<Name, Rdata>> NAMED =
      List.of(
          Rdata.Cname::new,
          Rdata.Ns::new,
          Rdata.Ptr::new,
          name -> new Rdata.Srv(0, 33, 8080, name));

  private static Node node(Name owner, RRset rrset) {
    return Node.of(owner, Content.of(rrset));
  }

  private static List<String> writtenOut(Name owner, Node node) throws IOException {
    int rrset = node.firstRRset();
    byte[] records = new byte[Node.MAX_UNPACKED];
    int length = node.unpack(rrset, records);
    ByteBuffer message = ByteBuffer.allocate(1000);
    message.putInt(0x00018400).putShort((short) 1).putShort((short) node.recordCount(rrset));
    message.putInt(0);
    owner.writeTo(message);
    message.putShort((short) 1).putShort((short) 1).put(records, 0, length).flip();
    return new Message(message)
        .getSection(Section.ANSWER).stream()
            .map(record -> record.getName() + " " + record.getTTL() + " " + record.rdataToString())
            .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "web.shop.svc.cluster.local.,  web.shop.svc.cluster.local.",
    "_http._tcp.web.shop.svc.,     web.shop.svc.",
    "web.shop.svc.,                10-0-0-1.web.shop.svc.",
    "web.shop.svc.,                x.shop.svc.",
    "web.shop.svc.,                Web.shop.svc.",
    "web.shop.svc.,                eb.shop.svc.",
    "'\\003.a.b.',                 a.b.",
    "'a\\002b.c.',                 b.c.",
    "1.0.0.10.in-addr.arpa.,       web.shop.svc.cluster.local.",
    "web.shop.svc.,                .",
    "a.,                           a.a.",
    "a.a.,                         a.",
  })
  void keepsNames(String owner, String target) throws IOException {
    Name name = Name.parse(owner);
    for (Function<Name, Rdata> form : NAMED) {
      RRset rrset = RRset.of(Integer.MAX_VALUE, List.of(form.apply(Name.parse(target))));
      Node node = node(name, rrset);
      assertThat(node.isPacked(node.firstRRset())).isTrue();
      assertThat(node.content()).isEqualTo(Content.of(rrset));
      assertThat(writtenOut(name, node))
          .singleElement()
          .asString()
          .startsWith(new org.xbill.DNS.Name(name.toWire()) + " " + Integer.MAX_VALUE + " ")
          .endsWith(new org.xbill.DNS.Name(Name.parse(target).toWire()).toString());
    }
  }

  @Test
  void sharesTheEndWithTheOwner() {
    Name owner = Name.parse("10-0-0-1.web.shop.svc.cluster.local.");
    RRset srv = RRset.of(5, List.of(new Rdata.Srv(0, 100, 80, owner)));
    assertThat(packedLength(node(owner, srv))).isEqualTo(4 + 6 + 2);
  }

  private static int packedLength(Node node) {
    return node.recordsLength(node.firstRRset());
  }

  /// The targets of a reverse zone end with the zone of the cluster.
  @ParameterizedTest
  @CsvSource({
    "web.shop.svc.cluster.local., 4 + 4 + 5 + 2",
    "shop.svc.cluster.local.,     4 + 5 + 2",
    "svc.cluster.local.,          4 + 2",
    "a.cluster.local.,            4 + 2 + 2",
    "a.Svc.cluster.local.,        4 + 2 + 4 + 2",
    "websvc.cluster.local.,       4 + 7 + 2",
    "cluster.example.,            4 + 17",
    ".,                           4 + 1",
  })
  void sharesAnEndThatTheZoneGives(String target, String octets) throws IOException {
    Name owner = Name.parse("1.0.0.10.in-addr.arpa.");
    List<Name> given = List.of(Name.parse("svc.cluster.local."), Name.parse("cluster.local."));
    var ends = new CommonEnds(Name.parse("10.in-addr.arpa."), given);
    RRset rrset = RRset.of(5, List.of(new Rdata.Ptr(Name.parse(target))));
    byte[] bytes = NodeEncoder.encode(owner.toFoldedWire(), ends, Content.of(rrset), 0);
    var node = new Node(bytes, ends);

    int expected = Stream.of(octets.split(" \\+ ")).mapToInt(Integer::parseInt).sum();
    assertThat(packedLength(node)).isEqualTo(expected);
    assertThat(node.content()).isEqualTo(Content.of(rrset));
    assertThat(node.owner()).isEqualTo(owner);
    assertThat(writtenOut(owner, node)).containsExactly(owner + " 5 " + target);
  }

  /// At the border, and beyond it.
  @ParameterizedTest
  @CsvSource({"32, true", "33, false"})
  void packsWhatIsShort(int addresses, boolean packed) {
    RRset rrset = RRset.of(5, IntStream.range(0, addresses).<Rdata>mapToObj(Rdata.A::new).toList());
    Node node = node(Name.parse("a."), rrset);
    assertThat(node.isPacked(node.firstRRset())).isEqualTo(packed);
    assertThat(node.content()).isEqualTo(Content.of(rrset));
  }

  static Stream<Long> seeds() {
    return Stream.of(1L, 2L, 3L);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsWhateverGoesIn(long seed) throws IOException {
    var random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Name owner = name(random);
      Function<Name, Rdata> form = NAMED.get(random.nextInt(NAMED.size()));
      var rdata = new ArrayList<Rdata>();
      for (int n = random.nextInt(4); n >= 0; n--) {
        rdata.add(form.apply(name(random)));
      }
      RRset rrset = RRset.of(random.nextInt(1 << 20), rdata.stream().distinct().toList());
      Node node = node(owner, rrset);
      assertThat(node.content()).isEqualTo(Content.of(rrset));
      assertThat(writtenOut(owner, node)).hasSameSizeAs(rrset.rdata());
    }
  }

  /// Few labels and letters, so that names often share an end.
  private static Name name(Random random) {
    Name name = Name.ROOT;
    for (int labels = random.nextInt(6); labels > 0; labels--) {
      name = name.child("ab".substring(0, 1 + random.nextInt(2)));
    }
    return name;
  }
}
