package io.clusterzone.k8s.records;

import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.answer.Responder;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Verdict;
import io.clusterzone.zones.zone.Zones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Asks zones as a client does: dnsjava writes the query, the real responder answers it, dnsjava
/// reads the reply.
final class TestResolver {
  private final QueryView query = new QueryView();
  private final Responder responder = new Responder(1);
  private final Reply reply = new Reply();
  private final ByteBuffer buffer = ByteBuffer.allocate(65535);

  Message ask(Zones zones, String name, String type) {
    byte[] question = question(name, type).toWire();
    Verdict verdict = query.read(ByteBuffer.wrap(question), 0, question.length);
    if (verdict != Verdict.QUERY) {
      throw new IllegalStateException(verdict + " for " + name + " " + type);
    }
    responder.lookup(query, zones);
    reply.open(query, AnswerOptions.DEFAULT, buffer, 0, buffer.capacity());
    responder.write(reply);
    byte[] octets = new byte[reply.length()];
    buffer.get(0, octets);
    try {
      return new Message(octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Message question(String name, String type) {
    try {
      Message message =
          Message.newQuery(Record.newRecord(Name.fromString(name), number(type), DClass.IN));
      message.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), org.xbill.DNS.Section.ADDITIONAL);
      return message;
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  private static int number(String type) {
    return type.startsWith("TYPE") ? Integer.parseInt(type.substring(4)) : Type.value(type);
  }
}
