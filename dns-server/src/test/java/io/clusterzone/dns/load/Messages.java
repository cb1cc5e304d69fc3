package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Reads and writes DNS messages by their offsets (RFC 1035, section 4.1.1).
final class Messages {
  static final int HEADER = 12;
  static final int NOERROR = 0;
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;

  private static final int FLAGS = 2;
  private static final int TC = 0x200;
  private static final int ANCOUNT = 6;
  private static final int TYPE_AND_CLASS = 4;

  private Messages() {}

  /// A query with RD.
  ///
  /// @param name absolute
  static byte[] query(String name, int type) {
    try {
      return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)).toWire();
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  static int rcode(ByteBuffer message) {
    return message.getShort(FLAGS) & 0xf;
  }

  static boolean isResponse(ByteBuffer message) {
    return message.getShort(FLAGS) < 0;
  }

  static boolean isTruncated(ByteBuffer message) {
    return (message.getShort(FLAGS) & TC) != 0;
  }

  static int answers(ByteBuffer message) {
    return message.getShort(ANCOUNT) & 0xffff;
  }

  /// Where the question section ends in a message with one question.
  static int questionEnd(byte[] message) {
    int at = HEADER;
    while (message[at] != 0) {
      at += message[at] + 1;
    }
    return at + 1 + TYPE_AND_CLASS;
  }

  /// A reply's question, response code and number of answers.
  static String describe(ByteBuffer reply) {
    var octets = new byte[reply.limit()];
    reply.get(0, octets);
    try {
      Record question = new Message(octets).getQuestion();
      return "%s %s: %s, %d answers"
          .formatted(
              question.getName(),
              Type.string(question.getType()),
              Rcode.string(rcode(reply)),
              answers(reply));
    } catch (IOException e) {
      return "octets that are no message: " + e.getMessage();
    }
  }

  static boolean hasQuestion(ByteBuffer reply, byte[] query) {
    int end = questionEnd(query);
    if (reply.limit() < end) {
      return false;
    }
    for (int i = HEADER; i < end; i++) {
      if (reply.get(i) != query[i]) {
        return false;
      }
    }
    return true;
  }
}
