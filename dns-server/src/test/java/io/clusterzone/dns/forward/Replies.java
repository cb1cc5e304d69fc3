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
public final class Replies {
  private Replies() {}

  /// A reply to `query` with records in presentation format in its answer section; `@` stands for
  /// the question's name as it was spelt.
  public static Message answer(Message query, String... records) {
    Message reply = empty(query, Rcode.NOERROR);
    for (String record : records) {
      reply.addRecord(record(query, record), Section.ANSWER);
    }
    return reply;
  }

  public static Message negative(Message query, int rcode, String soa) {
    Message reply = empty(query, rcode);
    reply.addRecord(record(query, soa), Section.AUTHORITY);
    return reply;
  }

  /// What a resolver says of an alias whose target it cannot find.
  public static Message negativeWithAlias(Message query, String target) {
    Message reply = answer(query, "@ 60 IN CNAME " + target);
    reply.getHeader().setRcode(Rcode.NXDOMAIN);
    return reply;
  }

  /// That many A records.
  public static String[] addresses(int count) {
    String[] records = new String[count];
    for (int i = 0; i < count; i++) {
      records[i] = "@ 60 IN A 192.0.2." + i;
    }
    return records;
  }

  public static Message empty(Message query, int rcode) {
    var reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RA);
    reply.getHeader().setFlag(Flags.RD);
    reply.getHeader().setRcode(rcode);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    return reply;
  }

  public static Record record(Message query, String text) {
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
