package io.clusterzone.dns.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Replies written as people read them, encoded by dnsjava: `NOERROR aa | answer | authority |
/// additional`, each record of a section as in a master file and parted by semicolons.
public final class Replies {
  public static final String SOA =
      "cluster.local. 5 IN SOA ns.dns.cluster.local. hostmaster.cluster.local. 7 7200 1800 86400 5";

  private Replies() {}

  public static ComparedQuestion question(String nameAndType) {
    String[] words = nameAndType.split(" ", -1);
    return ComparedQuestion.of(Name.parse(words[0]), Type.value(words[1]));
  }

  /// The octets of a reply to a question.
  public static byte[] octets(ComparedQuestion question, String reply) {
    String[] parts = reply.split("\\|", -1);
    List<String> words = List.of(parts[0].strip().split(" ", -1));
    var message = new Message(1);
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setOpcode(Opcode.QUERY);
    message.getHeader().setRcode(Rcode.value(words.getFirst()));
    words.stream().skip(1).forEach(flag -> message.getHeader().setFlag(Flags.value(flag)));
    try {
      message.addRecord(
          Record.newRecord(
              org.xbill.DNS.Name.fromString(question.name().toString()),
              question.type(),
              DClass.IN),
          Section.QUESTION);
      for (int section = 1; section < parts.length; section++) {
        for (String line : parts[section].replace("SOA!", SOA).split(";", -1)) {
          if (!line.isBlank()) {
            message.addRecord(record(line.strip()), section);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(reply, e);
    }
    return message.toWire(Short.MAX_VALUE * 2);
  }

  private static Record record(String line) throws IOException {
    try (var master = new Master(new ByteArrayInputStream(line.getBytes(UTF_8)))) {
      return master.nextRecord();
    }
  }

  public static Answer.Message message(ComparedQuestion question, String reply) {
    return (Answer.Message) AnswerReader.read(ByteBuffer.wrap(octets(question, reply)));
  }

  /// `silence`, `garbage`, or a reply as above.
  public static Answer answer(ComparedQuestion question, String reply) {
    return switch (reply.strip()) {
      case "silence" -> Answer.SILENCE;
      case "garbage" -> AnswerReader.read(ByteBuffer.allocate(Header.LENGTH - 1));
      default -> message(question, reply);
    };
  }
}
