package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Verdict;
import io.clusterzone.zones.zone.Zones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/// Asks a [Responder] as a client would, and reads the reply with dnsjava.
final class Asker {
  /// Where the reply begins in its buffer: not at 0, so that a forgotten offset shows.
  private static final int OFFSET = 5;

  private final Zones zones;
  private final AnswerOptions options;
  private final QueryView view = new QueryView();
  private final Responder responder = new Responder(1);
  private Outcome outcome = Outcome.NOT_OURS;
  private final Reply reply = new Reply();

  Asker(Zones zones, AnswerOptions options) {
    this.zones = zones;
    this.options = options;
  }

  Asker(Zones zones) {
    this(zones, AnswerOptions.DEFAULT);
  }

  /// The reply without EDNS over UDP.
  Message ask(String name, int type) {
    return ask(query(name, type), Edns.MIN_SIZE);
  }

  Message ask(Message query, int limit) {
    return parse(exchange(query.toWire(), limit));
  }

  byte[] exchange(byte[] query, int limit) {
    assertThat(view.read(ByteBuffer.wrap(query), 0, query.length)).isEqualTo(Verdict.QUERY);
    outcome = responder.lookup(view, zones);
    ByteBuffer out = ByteBuffer.allocate(OFFSET + limit);
    reply.open(view, options, out, OFFSET, limit);
    responder.write(reply);
    assertThat(reply.length()).isBetween(12, limit);
    byte[] octets = new byte[reply.length()];
    out.get(OFFSET, octets);
    return octets;
  }

  /// The reply to a query for another name, for which this question is asked instead.
  Message askFor(String name, int type) {
    byte[] query = query("short.Example.", type).toWire();
    assertThat(view.read(ByteBuffer.wrap(query), 0, query.length)).isEqualTo(Verdict.QUERY);
    var other = new QuestionView();
    other.set(io.clusterzone.zones.name.Name.parse(name), type);
    outcome = responder.lookup(other, zones);
    ByteBuffer out = ByteBuffer.allocate(65_535);
    reply.open(view, options, out, 0, out.capacity());
    reply.answerFor(other);
    responder.write(reply);
    return parse(Arrays.copyOf(out.array(), reply.length()));
  }

  Outcome outcome() {
    return outcome;
  }

  Responder responder() {
    return responder;
  }

  static Message query(String name, int type) {
    try {
      return Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN));
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  static Message parse(byte[] reply) {
    try {
      return new Message(reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sizes of a message: each up to those of a datagram, every 37th above, and the largest.
  static int[] sizes() {
    IntStream large = IntStream.iterate(4200, size -> size < 65_535, size -> size + 37);
    return IntStream.concat(
            IntStream.range(12, 4200), IntStream.concat(large, IntStream.of(65_535)))
        .toArray();
  }

  /// A section as lines of presentation format, one blank between the fields.
  static List<String> lines(Message reply, int section) {
    return reply.getSection(section).stream()
        .filter(record -> record.getType() != org.xbill.DNS.Type.OPT)
        .map(record -> record.toString().replaceAll("\\s+", " "))
        .toList();
  }
}
