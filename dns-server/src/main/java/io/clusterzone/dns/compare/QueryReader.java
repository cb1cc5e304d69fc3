package io.clusterzone.dns.compare;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Header;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Finds the question in the octets of a query. Nothing is thrown, whatever they are.
public final class QueryReader {
  /// An OPT record, and a signature of the message.
  private static final int MOST_ADDITIONAL = 2;

  private QueryReader() {}

  /// The question between position and limit of a buffer, which stays as it is; null if that is not
  /// a query with one question, from the first octet to the last.
  public static @Nullable ComparedQuestion read(ByteBuffer octets) {
    var message = new MessageCursor(octets.slice());
    message.skip(Header.FLAGS);
    int flags = message.u16();
    int questions = message.u16();
    int records = message.u16() + message.u16();
    int additional = message.u16();
    if ((flags & Header.QR) != 0
        || questions != 1
        || records != 0
        || additional > MOST_ADDITIONAL) {
      return null;
    }
    Name name = message.name();
    int type = message.u16();
    var question =
        new ComparedQuestion(
            name,
            type,
            message.u16(),
            (flags & Header.OPCODE) >>> 11,
            flags & ComparedQuestion.FLAGS,
            0,
            0);
    for (int i = 0; i < additional; i++) {
      question = additional(message, question);
    }
    return message.failed() || message.left() > 0 ? null : question;
  }

  private static ComparedQuestion additional(MessageCursor message, ComparedQuestion question) {
    Name _ = message.name();
    boolean opt = message.u16() == RRType.OPT;
    int size = message.u16();
    int _ = message.u16();
    int flags = message.u16();
    message.skip(message.u16());
    return opt ? question.withEdns(size, flags) : question;
  }
}
