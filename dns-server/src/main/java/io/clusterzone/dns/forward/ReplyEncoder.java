package io.clusterzone.dns.forward;

import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.wire.Header;
import java.util.List;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/// Writes cleaned records as an [StoredReply], every TTL within its cap.
final class ReplyEncoder {
  private static final int FIXED_FIELDS = 10;

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
    return scan(message.toWire(), received.getRcode(), usable, maxTtlSeconds);
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

  /// Finds the records of a message that was just written here, and caps their TTLs.
  private static StoredReply scan(byte[] message, int rcode, int ttlSeconds, int maxTtlSeconds) {
    int answers = shortAt(message, Header.ANCOUNT);
    int records = answers + shortAt(message, Header.NSCOUNT);
    int questionEnd = nameEnd(message, Header.LENGTH) + 2 * Short.BYTES;
    int[] ends = new int[records];
    int[] ttls = new int[records];
    int at = questionEnd;
    for (int i = 0; i < records; i++) {
      int fields = nameEnd(message, at);
      ttls[i] = fields + 2 * Short.BYTES;
      capTtl(message, ttls[i], maxTtlSeconds);
      at = fields + FIXED_FIELDS + shortAt(message, fields + 8);
      ends[i] = at;
    }
    return new StoredReply(message, questionEnd, answers, ends, ttls, rcode, ttlSeconds);
  }

  private static void capTtl(byte[] message, int at, int maxTtlSeconds) {
    int ttl = intAt(message, at);
    int capped = ttl < 0 ? 0 : Math.min(ttl, maxTtlSeconds);
    for (int i = 0; i < Integer.BYTES; i++) {
      message[at + i] = (byte) (capped >>> (24 - 8 * i));
    }
  }

  private static int nameEnd(byte[] message, int at) {
    int next = at;
    while (message[next] != 0) {
      if ((message[next] & 0xc0) == 0xc0) {
        return next + 2;
      }
      next += message[next] + 1;
    }
    return next + 1;
  }

  static int intAt(byte[] message, int at) {
    return shortAt(message, at) << 16 | shortAt(message, at + 2);
  }

  private static int shortAt(byte[] message, int at) {
    return (message[at] & 0xff) << 8 | (message[at + 1] & 0xff);
  }
}
