package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clusterzone.zones.wire.Packet;
import io.clusterzone.zones.wire.QuerySeeds;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
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
  private final ReplyWriter writer = new ReplyWriter();
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
    int length =
        switch (view.read(ByteBuffer.wrap(message), 0, message.length)) {
          case QUERY -> {
            responder.lookup(view, zones);
            yield responder.write(view, out, 0, limit, OPTIONS);
          }
          case CHAOS -> writer.chaos(view, List.of("a", "b"), out, 0, limit, OPTIONS);
          case OTHER_CLASS, TRANSFER -> writer.status(view, Rcode.REFUSED, out, 0, limit, OPTIONS);
          case BADVERS -> writer.status(view, Rcode.BADVERS, out, 0, limit, OPTIONS);
          case FORMERR -> writer.header(view, Rcode.FORMERR, out, 0);
          case NOTIMP -> writer.header(view, Rcode.NOTIMP, out, 0);
          case DROP -> 0;
        };
    if (length > 0) {
      assertThat(length).isBetween(12, limit);
      byte[] reply = new byte[length];
      out.get(0, reply);
      Message parsed = Asker.parse(reply);
      assertThat(parsed.getHeader().getFlag(Flags.QR)).isTrue();
      assertThat(parsed.getHeader().getID()).isEqualTo(view.id());
    }
  }
}
