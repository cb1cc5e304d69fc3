package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.zone.NegativeSoa;
import io.clusterzone.zones.zone.Node;
import java.nio.ByteBuffer;

/// The reply being written: the question echoed, the records that fit, the OPT record if one was
/// asked for, and the header last.
///
/// Part of [Responder] and [ReplyWriter], one each per event loop. The room for the OPT record is
/// put aside at the start, so that a record never pushes it out. Where header, question and OPT do
/// not fit, the reply is a header with TC. Memory is in network byte order.
///
/// ```
///   start                                          at        end
///   | header | question | answer | authority | additional ... | OPT |
/// ```
final class ReplyFrame {
  /// A compression pointer to the name in the question (RFC 1035 section 4.1.4).
  static final int QUESTION_NAME = NameCompressor.POINTER | Header.LENGTH;

  /// The last octet of a message that a compression pointer reaches.
  static final int MAX_POINTER_TARGET = 0x3fff;

  static final int POINTER_LENGTH = 2;
  static final byte[] NO_TEXT = new byte[0];

  /// Octets of an extended error without a text (RFC 8914 section 2).
  private static final int ERROR_LENGTH = Edns.OPTION_HEADER_LENGTH + Short.BYTES;

  private final NameCompressor names = new NameCompressor();
  private ByteBuffer out = ByteBuffer.allocate(0);
  private int start;
  private int at;
  private int end;

  private boolean headerOnly;
  private boolean truncated;
  private boolean compressing;
  private boolean lost;
  private int questions;
  private int answers;
  private int authorities;
  private int additionals;
  private int errorCode;
  private byte[] errorText = NO_TEXT;
  private int errorRoom;

  /// Starts a reply of at most `limit` octets, 12 at the least, at `offset`.
  void begin(QueryView query, ByteBuffer out, int offset, int limit, AnswerOptions options) {
    int optLength = optLength(query, options);
    boolean fits = query.questionEnd() + optLength <= limit;
    begin(query, out, offset, fits ? query.questionEnd() : Header.LENGTH);
    headerOnly = !fits;
    truncated = !fits;
    end = fits ? start + limit - optLength : at;
  }

  /// Starts a reply that is a header and nothing else.
  void beginHeader(QueryView query, ByteBuffer out, int offset) {
    begin(query, out, offset, Header.LENGTH);
    headerOnly = true;
    truncated = false;
    end = at;
  }

  private void begin(QueryView query, ByteBuffer out, int offset, int opening) {
    this.out = out;
    start = offset;
    at = offset + opening;
    out.put(start, query.head(), 0, opening);
    questions = opening > Header.LENGTH ? 1 : 0;
    answers = 0;
    authorities = 0;
    additionals = 0;
    errorCode = ExtendedError.NONE;
    errorRoom = 0;
    compressing = false;
    lost = false;
  }

  /// Lets names in RDATA be compressed from here on; directly behind [#begin].
  void compress() {
    compressing = !headerOnly;
    if (compressing) {
      names.begin(out, start);
    }
  }

  /// Whether a record was left out for want of room.
  boolean lost() {
    return lost;
  }

  private static int optLength(QueryView query, AnswerOptions options) {
    return query.edns() ? Edns.OPT_LENGTH + nsidLength(query, options) : 0;
  }

  /// Octets of the NSID option, 0 if it is not asked for or we have none.
  private static int nsidLength(QueryView query, AnswerOptions options) {
    int nsid = options.nsid().length();
    return query.nsidAsked() && nsid > 0 ? Edns.OPTION_HEADER_LENGTH + nsid : 0;
  }

  /// Octets that records may still take.
  int room() {
    return end - at;
  }

  /// Puts room aside for a record that must not be lost, until [#release].
  void reserve(int octets) {
    end -= octets;
  }

  void release(int octets) {
    end += octets;
  }

  /// How many octets of the message are written.
  int position() {
    return at - start;
  }

  boolean truncated() {
    return truncated;
  }

  /// Copies the records that fit, beginning with the one at `first` and going round, with `owner`
  /// for a compression pointer to their owner name. Returns how many.
  int put(Records records, int first, int owner) {
    if (records.length <= room() && owner == QUESTION_NAME && !compressing) {
      int tail = records.at + records.length - first;
      put(records.bytes, first, tail);
      put(records.bytes, records.at, records.length - tail);
      return records.count;
    }
    return putOneByOne(records, first, owner);
  }

  private int putOneByOne(Records records, int first, int owner) {
    int behind = records.at + records.length;
    int next = first;
    boolean shorter = compressing && NameCompressor.shortens(records.type());
    for (int i = 0; i < records.count; i++) {
      int length = Records.lengthAt(records.bytes, next);
      boolean fits =
          shorter
              ? putShorter(records.bytes, next, records.type(), owner)
              : putOne(records.bytes, next, length, owner);
      if (!fits) {
        lost = true;
        return i;
      }
      next = next + length == behind ? records.at : next + length;
    }
    return records.count;
  }

  private boolean putOne(byte[] bytes, int record, int length, int owner) {
    if (length > room()) {
      return false;
    }
    putShort(owner);
    put(bytes, record + POINTER_LENGTH, length - POINTER_LENGTH);
    return true;
  }

  private boolean putShorter(byte[] bytes, int record, int type, int owner) {
    int position = position();
    boolean fits = putOne(names.record, 0, names.shorten(bytes, record, type), owner);
    if (fits) {
      names.wrote(type, position);
    }
    return fits;
  }

  /// A compression pointer to the name that begins `position` octets into the message.
  int pointerTo(int position) {
    return NameCompressor.POINTER | (compressing ? names.followed(position) : position);
  }

  /// A pointer to what is left of the name that `owner` points to without its first `octets`.
  int pointerBelow(int owner, int octets) {
    return compressing ? names.below(owner, octets) : owner + octets;
  }

  /// Octets of the record with a pointer for its owner that stands at `position`.
  int recordLength(int position) {
    return Node.RECORD_RDATA + (out.getShort(start + position + Node.RECORD_RDLENGTH) & 0xffff);
  }

  void put(byte[] bytes, int from, int length) {
    out.put(at, bytes, from, length);
    at += length;
  }

  void putShort(int value) {
    out.putShort(at, (short) value);
    at += Short.BYTES;
  }

  void putInt(int value) {
    out.putInt(at, value);
    at += Integer.BYTES;
  }

  void putByte(int value) {
    out.put(at++, (byte) value);
  }

  /// Replaces four octets, `position` octets into the message.
  void patchInt(int position, int value) {
    out.putInt(start + position, value);
  }

  void addAnswers(int count) {
    answers += count;
  }

  /// Writes the record of a negative answer, which fits; `apex` is a pointer to the zone's name.
  void putAuthority(NegativeSoa soa, int apex) {
    int record = at;
    put(soa.octets(), 0, soa.octets().length);
    out.putShort(record + NegativeSoa.OWNER_POINTER, (short) apex);
    if (soa.mnamePointer() != NegativeSoa.NO_POINTER) {
      out.putShort(record + soa.mnamePointer(), (short) apex);
    }
    if (soa.rnamePointer() != NegativeSoa.NO_POINTER) {
      out.putShort(record + soa.rnamePointer(), (short) apex);
    }
    authorities++;
  }

  void addAuthority() {
    authorities++;
  }

  void addAdditionals(int count) {
    additionals += count;
  }

  /// The answer section lost records (RFC 2181 section 9).
  void truncate() {
    truncated = true;
  }

  /// Explains the reply with an extended error, if the client speaks EDNS and there is room.
  void explain(int code, byte[] text) {
    errorCode = code;
    errorText = text;
  }

  /// Explains the reply with an extended error for which room is put aside before any record, if
  /// the client speaks EDNS.
  void mark(QueryView query, int code) {
    if (query.edns() && room() >= ERROR_LENGTH) {
      explain(code, NO_TEXT);
      errorRoom = ERROR_LENGTH;
      reserve(errorRoom);
    }
  }

  /// Writes OPT and header; `flags` is `AA` or 0. Returns the length of the reply.
  int finish(QueryView query, AnswerOptions options, int rcode, int flags) {
    release(errorRoom);
    if (query.edns() && !headerOnly) {
      putOpt(query, options, rcode);
      additionals++;
    }
    int kept = query.flags() & (Header.OPCODE | Header.RD | Header.CD);
    int cut = truncated ? Header.TC : 0;
    out.putShort(start + Header.FLAGS, (short) (Header.QR | kept | flags | cut | (rcode & 0xf)));
    out.putShort(start + Header.QDCOUNT, (short) questions);
    out.putShort(start + Header.ANCOUNT, (short) answers);
    out.putShort(start + Header.NSCOUNT, (short) authorities);
    out.putShort(start + Header.ARCOUNT, (short) additionals);
    return at - start;
  }

  /// Our own size, version 0, DO as the client set it, the other flags zero (RFC 6891 section
  /// 6.1.4).
  private void putOpt(QueryView query, AnswerOptions options, int rcode) {
    int nsidLength = nsidLength(query, options);
    int errorLength = errorLength();
    putByte(0);
    putShort(RRType.OPT);
    putShort(options.maxUdpSize());
    putByte(rcode >>> 4);
    putByte(0);
    putShort(query.dnssecOk() ? Edns.DO : 0);
    putShort(nsidLength + errorLength);
    if (nsidLength > 0) {
      putShort(Edns.NSID);
      putShort(options.nsid().length());
      put(options.nsid().octets(), 0, options.nsid().length());
    }
    if (errorLength > 0) {
      putShort(Edns.EXTENDED_ERROR);
      putShort(errorLength - Edns.OPTION_HEADER_LENGTH);
      putShort(errorCode);
      put(errorText, 0, errorLength - Edns.OPTION_HEADER_LENGTH - Short.BYTES);
    }
  }

  /// Octets of the extended error, its text cut to what is left (RFC 8914 section 3); 0 for none.
  private int errorLength() {
    if (errorCode == ExtendedError.NONE || room() < ERROR_LENGTH) {
      return 0;
    }
    return Math.min(ERROR_LENGTH + errorText.length, room());
  }
}
