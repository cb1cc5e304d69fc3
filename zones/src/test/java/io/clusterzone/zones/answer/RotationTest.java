package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.wire.Packet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// In which order addresses come.
class RotationTest {
  private static final String DB = "db.shop.svc.cluster.local.";
  private static final int REPLIES = 100_000;

  private final Asker rotating =
      new Asker(Fixture.cluster(), new AnswerOptions(false, true, 1232, Nsid.NONE));

  /// With p = 1/10 the standard deviation of a count is 95: 5 % of 10,000 are more than five.
  @Test
  void beginsWithEachAddressEquallyOften() {
    byte[] query = Packet.query(DB, Type.A, 0).octets();
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < REPLIES; i++) {
      byte[] reply = rotating.exchange(query, 512);
      counts.merge(reply[query.length + 15] & 0xff, 1, Integer::sum);
    }
    assertThat(counts).hasSize(10);
    counts
        .values()
        .forEach(n -> assertThat(n).isCloseTo(REPLIES / 10, Percentage.withPercentage(5)));
  }

  @Test
  void goesRoundAndLosesNone() {
    List<String> asStored = Asker.lines(new Asker(Fixture.cluster()).ask(DB, Type.A), 1);
    for (int i = 0; i < 100; i++) {
      List<String> lines = Asker.lines(rotating.ask(DB, Type.A), Section.ANSWER);
      List<String> turnedBack = new ArrayList<>(lines);
      Collections.rotate(turnedBack, asStored.indexOf(lines.getFirst()));
      assertThat(turnedBack).isEqualTo(asStored);
    }
  }

  @Test
  void keepsOrderUnlessTold() {
    var plain = new Asker(Fixture.cluster());
    Message first = plain.ask(DB, Type.A);
    for (int i = 0; i < 100; i++) {
      assertThat(plain.ask(DB, Type.A).getSection(1)).isEqualTo(first.getSection(1));
    }
  }

  /// SRV has its own way to spread clients (RFC 2782, priority and weight).
  @Test
  void doesNotTurnOtherTypes() {
    for (int i = 0; i < 100; i++) {
      Message reply = rotating.ask("web.shop.svc.cluster.local.", Type.SRV);
      assertThat(Asker.lines(reply, 1).getFirst()).contains(" 80 ");
    }
  }

  @Test
  void turnsAddressesBehindAnAlias() {
    List<String> firsts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Message reply = rotating.ask("db-alias.shop.svc.cluster.local.", Type.A);
      assertThat(reply.getSection(1)).hasSize(11);
      assertThat(reply.getSection(1).getFirst().getType()).isEqualTo(Type.CNAME);
      firsts.add(Asker.lines(reply, 1).get(1));
    }
    assertThat(firsts.stream().distinct()).hasSize(10);
  }
}
