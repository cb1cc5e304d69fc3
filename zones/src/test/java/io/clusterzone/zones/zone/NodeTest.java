package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

final class NodeTest {
  private static final Name OWNER = Name.parse("Web.shop.svc.cluster.local.");
  private static final RRset A =
      RRset.of(30, List.of(new Rdata.A(0x0a000001), new Rdata.A(0x0a000002)));
  private static final RRset TXT = RRset.of(7, List.of(new Rdata.Txt(List.of("x".repeat(200)))));
  private static final RRset SRV =
      RRset.of(Integer.MAX_VALUE, List.of(new Rdata.Srv(0, 50, 8080, OWNER)));

  private static Node node(Content content) {
    return Node.of(OWNER, content);
  }

  /// RFC 1035 section 4.1.4: a pointer to octet 12 is the name of the question.
  @Test
  void holdsRecordsAsTheyStandInAnAnswer() throws IOException {
    Node node = node(Content.of(A, TXT, SRV));
    for (RRset rrset : List.of(A, TXT, SRV)) {
      List<Record> answer = answer(node, rrset.type());

      assertThat(answer).hasSameSizeAs(rrset.rdata());
      assertThat(answer)
          .allSatisfy(record -> {
            assertThat(record.getName()).hasToString(OWNER.toString());
            assertThat(record.getType()).isEqualTo(rrset.type());
            assertThat(record.getTTL()).isEqualTo(rrset.ttlSeconds());
          });
    }
    assertThat(answer(node, RRType.A))
        .map(Record::rdataToString)
        .containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(answer(node, RRType.SRV).getFirst().rdataToString())
        .isEqualTo("0 50 8080 Web.shop.svc.cluster.local.");
  }

  /// The RRset of the node behind a header and a question for its owner, decoded by dnsjava.
  private static List<Record> answer(Node node, int type) throws IOException {
    int rrset = node.find(type);
    ByteBuffer message = ByteBuffer.allocate(1000);
    message.putShort((short) 1).putShort((short) 0x8400).putShort((short) 1);
    message.putShort((short) node.recordCount(rrset)).putInt(0);
    OWNER.writeTo(message);
    message.putShort((short) type).putShort((short) 1);
    if (node.isPacked(rrset)) {
      byte[] records = new byte[Node.MAX_UNPACKED];
      message.put(records, 0, node.unpack(rrset, records)).flip();
    } else {
      message.put(node.bytes(), node.records(rrset), node.recordsLength(rrset)).flip();
    }
    return new Message(message).getSection(Section.ANSWER);
  }

  @Test
  void findsRRsetsByType() {
    Node node = node(Content.of(SRV, A));

    assertThat(node.rrsetCount()).isEqualTo(2);
    assertThat(node.find(RRType.A)).isEqualTo(node.firstRRset());
    assertThat(node.find(RRType.SRV)).isEqualTo(node.nextRRset(node.firstRRset()));
    assertThat(node.nextRRset(node.find(RRType.SRV))).isEqualTo(node.bytes().length);
    assertThat(node.find(RRType.AAAA)).isEqualTo(-1);
    assertThat(node(Content.EMPTY).find(RRType.A)).isEqualTo(-1);
  }

  @Test
  void givesBackItsContent() {
    Content content = new Content(List.of(A, TXT, SRV), Set.of(Trait.values()));

    assertThat(node(content).content()).isEqualTo(content);
    assertThat(node(content).owner()).hasToString("web.shop.svc.cluster.local.");
    assertThat(node(Content.EMPTY).content()).isEqualTo(Content.EMPTY);
    assertThat(node(Content.of(SRV, A)).content()).isEqualTo(Content.of(A, SRV));
  }

  @Test
  void holdsAThousandAddresses() {
    List<Rdata> addresses = IntStream.range(0, 1000).<Rdata>mapToObj(Rdata.A::new).toList();
    Node node = node(Content.of(RRset.of(5, addresses)));

    assertThat(node.recordCount(node.find(RRType.A))).isEqualTo(1000);
    assertThat(node.recordsLength(node.find(RRType.A))).isEqualTo(16_000);
    assertThat(node.content()).isEqualTo(Content.of(RRset.of(5, addresses)));
  }

  @Test
  void refusesMoreThanItsCountersHold() {
    List<Rdata> tooMany = Collections.nCopies(65536, new Rdata.A(1));
    List<RRset> tooManyTypes =
        IntStream.range(65280, 65536)
            .mapToObj(type -> RRset.of(5, List.of(new Rdata.Unknown(type, "00"))))
            .toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> node(Content.of(RRset.of(5, tooMany))))
        .withMessageContaining("65536");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node(new Content(tooManyTypes, Set.of())))
        .withMessageContaining("256");
  }
}
