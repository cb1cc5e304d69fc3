package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.wire.Packet;
import io.clusterzone.zones.wire.QuerySeeds;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.wire.Verdict;
import io.clusterzone.zones.zone.Zones;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/// Every message that is not dropped gets a reply that decodes and keeps to its limit.
class ResponderFuzzTest {
  private static final int RANDOM_QUERIES = 20_000;
  private static final AnswerOptions OPTIONS =
      new AnswerOptions(false, true, 1232, Nsid.of("node"));

  /// Labels that make names near those of [Fixture].
  private static final List<String> LABELS =
      List.of(
          "web",
          "shop",
          "svc",
          "pod",
          "cluster",
          "local",
          "_tcp",
          "_http",
          "*",
          "wild",
          "host",
          "10-1-2-3",
          "--1",
          "alias2",
          "gone",
          "self",
          "out",
          "chain11",
          "chain12",
          "1",
          "0",
          "96",
          "10",
          "in-addr",
          "arpa",
          "x");

  private final Zones zones = Fixture.cluster();
  private final QueryView view = new QueryView();
  private final Responder responder = new Responder(1);
  private final Reply reply = new Reply();
  private final ByteBuffer out = ByteBuffer.allocate(4096);

  @FuzzTest
  void repliesToAnyOctets(byte[] message) {
    answer(message, 1232);
  }

  @Test
  void repliesToNamesNearOurs() {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
    for (int i = 0; i < RANDOM_QUERIES; i++) {
      byte[] message = query(random);
      int limit = random.nextBoolean() ? 512 : random.nextInt(12, 1300);
      try {
        answer(message, limit);
      } catch (RuntimeException | AssertionError e) {
        String octets = HexFormat.of().formatHex(message);
        throw new AssertionError(octets + ", limit " + limit + ", seed " + seed, e);
      }
    }
  }

  private static byte[] query(RandomGenerator random) {
    if (random.nextInt(10) == 0) {
      return QuerySeeds.all().get(random.nextInt(QuerySeeds.all().size()));
    }
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      name.append(LABELS.get(random.nextInt(LABELS.size()))).append('.');
    }
    name.append(random.nextBoolean() ? "shop.svc.cluster.local." : "cluster.local.");
    int[] types = {1, 2, 5, 6, 12, 16, 28, 33, 43, 65, 255, random.nextInt(65536)};
    int type = types[random.nextInt(types.length)];
    boolean edns = random.nextBoolean();
    Packet packet = Packet.query(name.toString(), type, edns ? 1 : 0);
    return (edns ? packet.opt(random.nextInt(65536), 0, 0x8000, 0) : packet).octets();
  }

  private void answer(byte[] message, int limit) {
    Verdict verdict = view.read(ByteBuffer.wrap(message), 0, message.length);
    if (verdict != Verdict.DROP) {
      reply.open(view, OPTIONS, out, 0, limit);
      write(verdict);
      assertThat(reply.length()).isBetween(12, limit);
      byte[] octets = new byte[reply.length()];
      out.get(0, octets);
      Message parsed = Asker.parse(octets);
      assertThat(parsed.getHeader().getFlag(Flags.QR)).isTrue();
      assertThat(parsed.getHeader().getID()).isEqualTo(view.id());
    }
  }

  private void write(Verdict verdict) {
    switch (verdict) {
      case QUERY -> {
        responder.lookup(view, zones);
        responder.write(reply);
      }
      case CHAOS -> {
        reply.begin();
        if (reply.putRecord(RRType.TXT, DnsClass.CH, 0, new byte[] {1, 'a'})) {
          reply.addAnswers(1);
        } else {
          reply.truncate();
        }
        reply.finish(Rcode.NOERROR, 0);
      }
      case OTHER_CLASS, TRANSFER -> reply.status(Rcode.REFUSED);
      case BADVERS -> reply.status(Rcode.BADVERS);
      case FORMERR -> reply.header(Rcode.FORMERR);
      case NOTIMP -> reply.header(Rcode.NOTIMP);
      case DROP -> throw new AssertionError(verdict);
    }
  }
}
