package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Node;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Replies from a name that is in no zone.
class NodeWriterTest {
  private static final int OFFSET = 3;

  private static final Node HOST =
      Node.of(
          Name.parse("node-1.example"),
          Content.of(
              RRset.of(60, List.of(new Rdata.A(0xc0000201), new Rdata.A(0xc0000202))),
              RRset.of(60, List.of(new Rdata.Aaaa(0xfd00L << 48, 1)))));

  private final QueryView view = new QueryView();
  private final NodeWriter writer = new NodeWriter(1);
  private final Reply reply = new Reply();

  private Message ask(Node node, String name, int type, int limit, AnswerOptions options) {
    byte[] query = Asker.query(name, type).toWire();
    var _ = view.read(ByteBuffer.wrap(query), 0, query.length);
    ByteBuffer out = ByteBuffer.allocate(OFFSET + limit);
    reply.open(view, options, out, OFFSET, limit);
    writer.write(view, node, reply);
    byte[] octets = new byte[reply.length()];
    out.get(OFFSET, octets);
    return Asker.parse(octets);
  }

  /// RFC 1034 4.3.2 3a, RFC 2308 2.2; RFC 8482 4.1 for ANY. Owners are spelt as in the question.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A    | NODE-1.example. 60 IN A 192.0.2.1; NODE-1.example. 60 IN A 192.0.2.2",
        "AAAA | NODE-1.example. 60 IN AAAA fd00:0:0:0:0:0:0:1",
        "ANY  | NODE-1.example. 60 IN A 192.0.2.1; NODE-1.example. 60 IN A 192.0.2.2",
        "MX   | ''",
        "SOA  | ''",
      })
  void answersWhatTheNodeHolds(String type, String records) {
    Message reply = ask(HOST, "NODE-1.example", Type.value(type), 512, AnswerOptions.DEFAULT);
    assertThat(String.join("; ", Asker.lines(reply, Section.ANSWER))).isEqualTo(records);
    assertThat(reply.getRcode()).isZero();
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
  }

  /// RFC 2181 9: TC where the answer section lost records.
  @Test
  void truncatesWhatDoesNotFit() {
    List<Rdata.A> many = IntStream.range(0, 100).mapToObj(Rdata.A::new).toList();
    Node crowd = Node.of(Name.parse("crowd"), Content.of(RRset.of(5, many)));
    Message reply = ask(crowd, "crowd", Type.A, 512, AnswerOptions.DEFAULT);
    assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(reply.getSection(Section.ANSWER)).hasSize(30);
    assertThat(reply.numBytes()).isLessThanOrEqualTo(512);
  }

  @Test
  void rotatesAddressesWhereAsked() {
    var rotate = new AnswerOptions(false, true, 1232, Nsid.NONE);
    Set<String> first = new TreeSet<>();
    for (int i = 0; i < 50; i++) {
      Message reply = ask(HOST, "node-1.example", Type.A, 512, rotate);
      first.add(reply.getSection(Section.ANSWER).getFirst().rdataToString());
    }
    assertThat(first).containsExactly("192.0.2.1", "192.0.2.2");
  }

  @Test
  void answersWithoutAllocation() {
    byte[] query = Asker.query("node-1.example", Type.A).toWire();
    var _ = view.read(ByteBuffer.wrap(query), 0, query.length);
    ByteBuffer out = ByteBuffer.allocateDirect(512);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int queries = 20_000;
    long total = write(out, queries);
    long before = threads.getCurrentThreadAllocatedBytes();
    total += write(out, queries);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(total).isPositive();
    assertThat(allocated).as("octets for %d queries", queries).isLessThan(queries / 10);
  }

  private long write(ByteBuffer out, int queries) {
    long total = 0;
    for (int i = 0; i < queries; i++) {
      reply.open(view, AnswerOptions.DEFAULT, out, 0, 512);
      writer.write(view, HOST, reply);
      total += reply.length();
    }
    return total;
  }

  /// RFC 1035 4.1.4; twelve names of one address, as a hosts file has them.
  @Test
  void namesAreCompressedWhereTheyDoNotFit() {
    List<Rdata> names =
        IntStream.range(0, 12)
            .<Rdata>mapToObj(i -> new Rdata.Ptr(Name.parse("host-" + i + ".rack.site.example.")))
            .toList();
    Node node = Node.of(Name.parse("1.2.0.192.in-addr.arpa."), Content.of(RRset.of(60, names)));
    Message reply = ask(node, "1.2.0.192.in-addr.arpa.", Type.PTR, 400, AnswerOptions.DEFAULT);
    assertThat(reply.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(reply.getSection(Section.ANSWER))
        .extracting(org.xbill.DNS.Record::rdataToString)
        .containsExactlyElementsOf(
            names.stream().map(name -> ((Rdata.Ptr) name).target().toString()).toList());
  }
}
