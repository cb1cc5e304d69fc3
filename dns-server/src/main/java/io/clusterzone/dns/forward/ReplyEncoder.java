package io.clusterzone.dns.forward;

import io.clusterzone.zones.answer.StoredReply;
import java.nio.ByteBuffer;
import java.util.List;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/// Writes cleaned records as an [StoredReply], every TTL within its cap.
final class ReplyEncoder {
  private ReplyEncoder() {}

  static StoredReply encode(
      Message received, List<Record> answers, List<Record> authority, int maxTtlSeconds) {
    var message = new Message(received.getHeader().getID());
    org.xbill.DNS.Header header = message.getHeader();
    header.setFlag(Flags.QR);
    copyFlag(received, message, Flags.TC);
    copyFlag(received, message, Flags.RA);
    copyFlag(received, message, Flags.AD);
    message.addRecord(received.getQuestion(), Section.QUESTION);
    long ttl = Long.MAX_VALUE;
    for (Record record : answers) {
      message.addRecord(record, Section.ANSWER);
      ttl = Math.min(ttl, ttl(record, maxTtlSeconds));
    }
    for (Record record : authority) {
      message.addRecord(record, Section.AUTHORITY);
      ttl = Math.min(ttl, denialTtl(record, maxTtlSeconds));
    }
    int usable = ttl == Long.MAX_VALUE ? 0 : (int) ttl;
    return capped(message.toWire(), received.getRcode(), usable, maxTtlSeconds);
  }

  private static void copyFlag(Message from, Message to, int flag) {
    if (from.getHeader().getFlag(flag)) {
      to.getHeader().setFlag(flag);
    }
  }

  /// A TTL with its highest bit set is zero (RFC 2181 section 8).
  private static long ttl(Record record, int maxTtlSeconds) {
    long ttl = record.getTTL();
    return ttl < 0 || ttl > Integer.MAX_VALUE ? 0 : Math.min(ttl, maxTtlSeconds);
  }

  /// A denial holds for the lesser of the SOA's TTL and its minimum field (RFC 2308 section 5).
  private static long denialTtl(Record record, int maxTtlSeconds) {
    long ttl = ttl(record, maxTtlSeconds);
    return record instanceof SOARecord soa ? Math.min(ttl, Math.max(0, soa.getMinimum())) : ttl;
  }

  /// Caps every TTL of a message that was just written here.
  private static StoredReply capped(byte[] message, int rcode, int ttlSeconds, int maxTtlSeconds) {
    StoredReply reply = StoredReply.of(message, rcode, ttlSeconds);
    ByteBuffer octets = ByteBuffer.wrap(message);
    for (int i = 0; i < reply.records(); i++) {
      int ttl = reply.ttl(i);
      octets.putInt(reply.ttlOffset(i), ttl < 0 ? 0 : Math.min(ttl, maxTtlSeconds));
    }
    return reply;
  }
}
