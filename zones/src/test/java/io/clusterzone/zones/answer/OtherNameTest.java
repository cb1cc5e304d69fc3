package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.zone.Zones;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Replies to a question that was asked in place of the one received: the received one is echoed,
/// and the records are about the other name.
final class OtherNameTest {
  private static final String RECEIVED = "short.Example.";

  private final Zones zones = Fixture.cluster();
  private final QueryView view = new QueryView();
  private final QuestionView other = new QuestionView();
  private final Responder responder = new Responder(1);
  private final Reply reply = new Reply();

  private Message ask(String name, int type, int limit) {
    byte[] query = Asker.query(RECEIVED, type).toWire();
    var _ = view.read(ByteBuffer.wrap(query), 0, query.length);
    other.set(Name.parse(name), type);
    responder.lookup(other, zones);
    ByteBuffer out = ByteBuffer.allocate(limit);
    reply.open(view, AnswerOptions.DEFAULT, out, 0, limit);
    reply.answerFor(other);
    responder.write(reply);
    assertThat(reply.length()).isLessThanOrEqualTo(limit);
    byte[] octets = new byte[reply.length()];
    out.get(0, octets);
    Message message = Asker.parse(octets);
    if (reply.length() > 12) {
      assertThat(message.getQuestion().getName()).hasToString(RECEIVED);
    }
    return message;
  }

  private static List<String> all(Message message) {
    return Stream.of(Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL)
        .flatMap(section -> Asker.lines(message, section).stream())
        .toList();
  }

  /// RFC 1034 section 4.3.2: the same records as for that name itself, with the same owners.
  @ParameterizedTest
  @CsvSource({
    "web.shop.svc.cluster.local., A",
    "web.shop.svc.cluster.local., AAAA",
    "web.shop.svc.cluster.local., SRV",
    "db.shop.svc.cluster.local., A",
    "no.such.name.svc.cluster.local., A",
    "alias2.shop.svc.cluster.local., A",
    "alias2.shop.svc.cluster.local., AAAA",
    "gone.shop.svc.cluster.local., A",
    "chain11.shop.svc.cluster.local., A",
    "out.shop.svc.cluster.local., A",
    "a.b.wild.shop.svc.cluster.local., A",
    "10-1-2-3.shop.pod.cluster.local., A",
    "1.0.96.10.in-addr.arpa., PTR",
    "cluster.local., NS",
    "cluster.local., SOA",
    "cluster.local., A",
  })
  void holdsTheRecordsOfTheNameThatWasAskedFor(String name, String type) {
    Message expected = new Asker(zones).ask(Asker.query(name, Type.value(type)), 4096);
    Message found = ask(name, Type.value(type), 4096);

    assertThat(all(found)).containsExactlyElementsOf(all(expected));
    assertThat(found.getRcode()).isEqualTo(expected.getRcode());
    assertThat(found.getHeader().getFlag(Flags.AA)).isTrue();
  }

  /// RFC 2181 section 9: TC where the answer section lost records.
  @Test
  void decodesAtEverySize() {
    for (String name : List.of("web.shop.svc", "db.shop.svc", "chain11.shop.svc", "none.svc")) {
      for (int type : List.of(Type.A, Type.AAAA, Type.SRV)) {
        int whole = ask(name + ".cluster.local.", type, 4096).getSection(Section.ANSWER).size();
        for (int limit = 12; limit < 1400; limit++) {
          Message cut = ask(name + ".cluster.local.", type, limit);
          boolean lost = cut.getSection(Section.ANSWER).size() < whole;
          if (lost) {
            assertThat(cut.getHeader().getFlag(Flags.TC)).as("%s, %d", name, limit).isTrue();
          }
        }
      }
    }
  }
}
