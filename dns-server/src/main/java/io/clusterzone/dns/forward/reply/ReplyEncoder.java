package io.clusterzone.dns.forward.reply;

import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/// Writes cleaned records as a [StoredReply], with every TTL within its cap. An SOA holds as long
/// as its negative answer.
public final class ReplyEncoder {
  private ReplyEncoder() {}

  /// Writes a reply anew, with the flags of the one received.
  ///
  /// @param otherNames the names for [StoredReply#otherNames]
  public static StoredReply encode(
      Message received,
      List<Record> answers,
      List<Record> authority,
      List<Name> otherNames,
      int maxTtlSeconds) {
    var message = new Message(received.getHeader().getID());
    org.xbill.DNS.Header header = message.getHeader();
    header.setFlag(Flags.QR);
    copyFlag(received, message, Flags.TC);
    copyFlag(received, message, Flags.RA);
    copyFlag(received, message, Flags.AD);
    message.addRecord(received.getQuestion(), Section.QUESTION);
    List<Integer> ttls = new ArrayList<>();
    for (Record record : answers) {
      message.addRecord(record, Section.ANSWER);
      ttls.add(ttl(record, maxTtlSeconds));
    }
    for (Record record : authority) {
      message.addRecord(record, Section.AUTHORITY);
      ttls.add(negativeTtl(record, maxTtlSeconds));
    }
    int usable = ttls.isEmpty() ? 0 : Collections.min(ttls);
    return withTtls(
        ttls, StoredReply.of(message.toWire(), received.getRcode(), usable, otherNames));
  }

  /// The same records, as old as they are, in reply to a question for another name and type: names
  /// are shortened by pointers into the question.
  ///
  /// @param looked the name that it is a reply to, in the spelling that the records get
  /// @throws IOException if a record cannot be read
  public static Resolution.Reply inReplyTo(Resolution.Reply reply, Name looked, Name name, int type)
      throws IOException {
    byte[] aged = reply.agedMessage();
    looked.copyTo(aged, Header.LENGTH);
    var message = new Message(aged);
    message.getHeader().setRcode(reply.reply().rcode());
    message.removeAllRecords(Section.QUESTION);
    var asked = new org.xbill.DNS.Name(name.toWire());
    message.addRecord(Record.newRecord(asked, type, DClass.IN), Section.QUESTION);
    StoredReply whole =
        encode(
            message,
            message.getSection(Section.ANSWER),
            message.getSection(Section.AUTHORITY),
            List.of(),
            Integer.MAX_VALUE);
    return new Resolution.Reply(
        whole, 0, Resolution.Reply.COUNT_DOWN, reply.stale(), reply.cached());
  }

  private static void copyFlag(Message from, Message to, int flag) {
    if (from.getHeader().getFlag(flag)) {
      to.getHeader().setFlag(flag);
    }
  }

  /// A TTL with its highest bit set is zero (RFC 2181 section 8).
  private static int ttl(Record record, int maxTtlSeconds) {
    long ttl = record.getTTL();
    return ttl < 0 || ttl > Integer.MAX_VALUE ? 0 : (int) Math.min(ttl, maxTtlSeconds);
  }

  /// A negative answer holds for the lesser of the SOA's TTL and its minimum field. The SOA is
  /// passed on with that TTL (RFC 2308 section 5).
  private static int negativeTtl(Record record, int maxTtlSeconds) {
    int ttl = ttl(record, maxTtlSeconds);
    return record instanceof SOARecord soa
        ? (int) Math.min(ttl, Math.max(0, soa.getMinimum()))
        : ttl;
  }

  /// Sets the TTLs of a message that was just written here, in the order of its records.
  private static StoredReply withTtls(List<Integer> ttls, StoredReply reply) {
    ByteBuffer octets = ByteBuffer.wrap(reply.message());
    for (int i = 0; i < reply.records(); i++) {
      octets.putInt(reply.ttlOffset(i), ttls.get(i));
    }
    return reply;
  }
}
