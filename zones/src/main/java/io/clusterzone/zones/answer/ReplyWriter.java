package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes the replies that come from no zone. One per event loop.
///
/// Each method writes into `out`, which is in network byte order, from `offset`, at most `limit`
/// octets (12 at the least), and returns the length of the reply.
public final class ReplyWriter {
  /// The TTL of the answer to ANY: the number of the document that obsoletes it.
  private static final int ANY_TTL_SECONDS = 8482;

  private static final int MAX_STRING_LENGTH = 255;

  /// Octets of TYPE, CLASS, TTL and RDLENGTH.
  private static final int FIXED_LENGTH = 10;

  /// Octets of an SRV record's RDATA whose target is the root.
  private static final int SRV_LENGTH = 7;

  private static final byte[] ANY_OBSOLETED = ascii("\15ANY obsoleted\14See RFC 8482");
  private static final byte[] UDP = ascii("\4_udp");
  private static final byte[] TCP = ascii("\4_tcp");

  private final ReplyFrame frame = new ReplyFrame();

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// The header alone: FORMERR for what does not parse, NOTIMP for an opcode.
  public int header(QueryView query, int rcode, ByteBuffer out, int offset) {
    frame.beginHeader(query, out, offset);
    return frame.finish(query, AnswerOptions.DEFAULT, rcode, 0);
  }

  /// A response code with the question and without records: REFUSED, SERVFAIL, BADVERS.
  public int status(
      QueryView query, int rcode, ByteBuffer out, int offset, int limit, AnswerOptions options) {
    frame.begin(query, out, offset, limit, options);
    return frame.finish(query, options, rcode, 0);
  }

  /// A response code with an extended error (RFC 8914) for clients that speak EDNS: one of
  /// [io.clusterzone.zones.wire.ExtendedError], and a text for operators, which may be empty.
  public int status(
      QueryView query,
      int rcode,
      int extendedError,
      String text,
      ByteBuffer out,
      int offset,
      int limit,
      AnswerOptions options) {
    frame.begin(query, out, offset, limit, options);
    frame.explain(extendedError, text.getBytes(StandardCharsets.UTF_8));
    return frame.finish(query, options, rcode, 0);
  }

  /// One TXT record of class CH and TTL 0 for each text: the answer to `version.bind` and the like.
  /// A text of more than 255 octets goes into several character strings.
  public int chaos(
      QueryView query,
      List<String> texts,
      ByteBuffer out,
      int offset,
      int limit,
      AnswerOptions options) {
    frame.begin(query, out, offset, limit, options);
    for (String text : texts) {
      byte[] octets = characterStrings(text.getBytes(StandardCharsets.UTF_8));
      if (!putRecord(RRType.TXT, DnsClass.CH, 0, octets)) {
        frame.truncate();
        break;
      }
      frame.addAnswers(1);
    }
    return frame.finish(query, options, Rcode.NOERROR, 0);
  }

  private static byte[] characterStrings(byte[] text) {
    int strings = Math.max(1, (text.length + MAX_STRING_LENGTH - 1) / MAX_STRING_LENGTH);
    byte[] octets = new byte[text.length + strings];
    int to = 0;
    for (int from = 0; to < octets.length; from += MAX_STRING_LENGTH) {
      int length = Math.min(text.length - from, MAX_STRING_LENGTH);
      octets[to++] = (byte) length;
      System.arraycopy(text, from, octets, to, length);
      to += length;
    }
    return octets;
  }

  /// The answer to a question for ANY that gives nothing away (RFC 8482 section 4.2).
  public int any(QueryView query, ByteBuffer out, int offset, int limit, AnswerOptions options) {
    frame.begin(query, out, offset, limit, options);
    if (putRecord(RRType.HINFO, DnsClass.IN, ANY_TTL_SECONDS, ANY_OBSOLETED)) {
      frame.addAnswers(1);
    } else {
      frame.truncate();
    }
    return frame.finish(query, options, Rcode.NOERROR, 0);
  }

  /// Tells a client how we see it, in the additional section: its address, of 4 or 16 octets, and
  /// its port in an SRV record at `_udp` or `_tcp` below the name it asked for.
  public int whoami(
      QueryView query,
      byte[] address,
      int port,
      boolean tcp,
      ByteBuffer out,
      int offset,
      int limit,
      AnswerOptions options) {
    frame.begin(query, out, offset, limit, options);
    int type = address.length == 4 ? RRType.A : RRType.AAAA;
    if (putRecord(type, query.recordClass(), 0, address)) {
      frame.addAdditionals(1);
    }
    if (putPort(query, port, tcp ? TCP : UDP)) {
      frame.addAdditionals(1);
    }
    return frame.finish(query, options, Rcode.NOERROR, Header.AA);
  }

  private boolean putPort(QueryView query, int port, byte[] label) {
    int ownerLength = label.length + ReplyFrame.POINTER_LENGTH;
    int length = ownerLength + FIXED_LENGTH + SRV_LENGTH;
    if (query.nameLength() + label.length > Name.MAX_LENGTH || length > frame.room()) {
      return false;
    }
    frame.put(label, 0, label.length);
    putFixed(RRType.SRV, query.recordClass(), 0, SRV_LENGTH);
    frame.putInt(0);
    frame.putShort(port);
    frame.putByte(0);
    return true;
  }

  /// Writes a record owned by the name in the question, if it fits.
  private boolean putRecord(int type, int recordClass, int ttlSeconds, byte[] rdata) {
    if (ReplyFrame.POINTER_LENGTH + FIXED_LENGTH + rdata.length > frame.room()) {
      return false;
    }
    putFixed(type, recordClass, ttlSeconds, rdata.length);
    frame.put(rdata, 0, rdata.length);
    return true;
  }

  private void putFixed(int type, int recordClass, int ttlSeconds, int dataLength) {
    frame.putShort(ReplyFrame.QUESTION_NAME);
    frame.putShort(type);
    frame.putShort(recordClass);
    frame.putInt(ttlSeconds);
    frame.putShort(dataLength);
  }
}
