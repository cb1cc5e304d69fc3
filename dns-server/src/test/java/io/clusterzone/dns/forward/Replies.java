package io.clusterzone.dns.forward;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Messages of an upstream, made with dnsjava.
final class Replies {
  private Replies() {}

  /// A reply to `query` with records in presentation format in its answer section; `@` stands for
  /// the question's name as it was spelt.
  static Message answer(Message query, String... records) {
    Message reply = empty(query, Rcode.NOERROR);
    for (String record : records) {
      reply.addRecord(record(query, record), Section.ANSWER);
    }
    return reply;
  }

  static Message denial(Message query, int rcode, String soa) {
    Message reply = empty(query, rcode);
    reply.addRecord(record(query, soa), Section.AUTHORITY);
    return reply;
  }

  static Message empty(Message query, int rcode) {
    var reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RA);
    reply.getHeader().setFlag(Flags.RD);
    reply.getHeader().setRcode(rcode);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    return reply;
  }

  static Record record(Message query, String text) {
    Name origin = query.getQuestion().getName();
    try (var master =
        new Master(
            new java.io.ByteArrayInputStream(
                (text + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            origin)) {
      Record record = master.nextRecord();
      if (record == null) {
        throw new IllegalArgumentException(text);
      }
      return record;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
