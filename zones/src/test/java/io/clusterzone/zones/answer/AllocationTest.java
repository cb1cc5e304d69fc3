package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Packet;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.wire.Verdict;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The query path allocates nothing.
class AllocationTest {
  private static final int QUERIES = 100_000;

  private final QueryView view = new QueryView();
  private final Responder responder = new Responder(1);
  private final Reply reply = new Reply();
  private final ByteBuffer out = ByteBuffer.allocateDirect(1232);
  private final AnswerOptions options = new AnswerOptions(false, true, 1232, Nsid.of("node"));

  /// A mix of all outcomes but LOOP, whose reply names the loop.
  private static final List<ByteBuffer> MIX =
      List.of(
          direct(Packet.query("web.shop.svc.cluster.local.", 1, 0)),
          direct(Packet.query("web.shop.svc.cluster.local.", 28, 0)),
          direct(Packet.query("WEB.shop.svc.cluster.local.", 33, 1).opt(1232, 0, 0, 0)),
          direct(Packet.query("db.shop.svc.cluster.local.", 1, 0)),
          direct(Packet.query("no.such.name.svc.cluster.local.", 1, 0)),
          direct(Packet.query("alias2.shop.svc.cluster.local.", 1, 0)),
          direct(Packet.query("gone.shop.svc.cluster.local.", 1, 0)),
          direct(Packet.query("chain11.shop.svc.cluster.local.", 1, 0)),
          direct(Packet.query("chain11.shop.svc.cluster.local.", 28, 0)),
          direct(Packet.query("out.shop.svc.cluster.local.", 1, 0)),
          direct(Packet.query("a.b.wild.shop.svc.cluster.local.", 1, 0)),
          direct(Packet.query("10-1-2-3.shop.pod.cluster.local.", 1, 0)),
          direct(Packet.query("fd00--1.shop.pod.cluster.local.", 28, 0)),
          direct(Packet.query("1.0.96.10.in-addr.arpa.", 12, 0)),
          direct(Packet.query("cluster.local.", 2, 1).opt(512, 0, 0, 4).u16(Edns.NSID).u16(0)),
          direct(Packet.query("www.sub.kinds.", 1, 0)),
          direct(Packet.query("sub.kinds.", 43, 0)),
          direct(Packet.query("a.moved.kinds.", 1, 0)),
          direct(Packet.query("a.moved.kinds.", 5, 0)),
          direct(Packet.query(("x".repeat(60) + ".").repeat(3) + "moved.kinds.", 1, 0)),
          direct(Packet.query("example.", 1, 1).opt(1232, 0, 0, 0)),
          direct(Packet.query("web.shop.svc.cluster.local.", 1, 1).opt(1232, 9, 0, 0)),
          direct(Packet.header(0, 65535, 65535, 65535, 65535)),
          direct(Packet.header(0x2000, 1, 0, 0, 0)));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersWithoutAllocation(boolean stale) {
    Zones cluster = stale ? Fixture.stale() : Fixture.cluster();
    Zones zones = new Zones(Stream.concat(cluster.all().stream(), Stream.of(kinds())).toList());
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    answer(zones, QUERIES);
    long before = threads.getCurrentThreadAllocatedBytes();
    long total = answer(zones, QUERIES);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(total).isPositive();
    assertThat(allocated).as("octets for %d queries", QUERIES).isLessThan(QUERIES / 10);
  }

  /// A zone with a cut and a DNAME.
  private static Zone kinds() {
    Name apex = Name.parse("kinds.");
    Name moved = Name.parse("moved.kinds.");
    Name target = Name.parse("y".repeat(60) + ".sub.kinds.");
    var editor = new ZoneEditor(Fixture.empty(apex, 5));
    editor.replace(apex.child("sub"), Content.of(Fixture.ns("ns.sub.kinds.")));
    editor.replace(Name.parse("ns.sub.kinds."), Content.of(Fixture.a("10.0.0.53")));
    editor.replace(moved, Content.of(RRset.of(5, List.of(new Rdata.Dname(target)))));
    editor.synced(true);
    return editor.finish(1).zone();
  }

  private long answer(Zones zones, int queries) {
    long total = 0;
    for (int i = 0; i < queries; i++) {
      total += answer(zones, MIX.get(i % MIX.size()));
    }
    return total;
  }

  private int answer(Zones zones, ByteBuffer message) {
    Verdict verdict = view.read(message, 0, message.capacity());
    int limit = view.udpLimit(options.maxUdpSize());
    reply.open(view, options, out, 0, limit);
    switch (verdict) {
      case QUERY -> {
        responder.lookup(view, zones);
        responder.write(reply);
      }
      case BADVERS -> reply.status(Rcode.BADVERS);
      case FORMERR -> reply.header(Rcode.FORMERR);
      case NOTIMP -> reply.header(Rcode.NOTIMP);
      case CHAOS, OTHER_CLASS, TRANSFER, DROP -> throw new AssertionError(verdict);
    }
    return reply.length();
  }

  private static ByteBuffer direct(Packet packet) {
    byte[] octets = packet.octets();
    return ByteBuffer.allocateDirect(octets.length).put(0, octets);
  }
}
