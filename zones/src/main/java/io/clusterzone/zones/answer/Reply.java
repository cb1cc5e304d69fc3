package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.zone.NegativeSoa;
import io.clusterzone.zones.zone.Node;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The reply in hand: where it is written, how long it may get, and what stands in it so far. The
/// question is echoed, then come the records that fit, the OPT record if one was asked for, and the
/// header last.
///
/// [#open] takes the query and the memory; [#begin] empties the sections, so that a reply may be
/// written anew; one of [#finish], [#status] and [#header] ends it. The room for the OPT record is
/// put aside at the start, so that a record never pushes it out. Where header, question and OPT do
/// not fit, the reply is a header with TC. Memory is in network byte order. One event loop reuses
/// it; nothing is allocated.
///
/// ```
///   start                                          at        end
///   | header | question | answer | authority | additional ... | OPT |
/// ```
public final class Reply {
  /// A compression pointer to the name in the question (RFC 1035 section 4.1.4).
  static final int QUESTION_NAME = NameCompressor.POINTER | Header.LENGTH;

  /// The last octet of a message that a compression pointer reaches.
  static final int MAX_POINTER_TARGET = 0x3fff;

  static final int POINTER_LENGTH = 2;
  static final byte[] NO_TEXT = new byte[0];

  /// Octets of an extended error without a text (RFC 8914 section 2).
  private static final int ERROR_LENGTH = Edns.OPTION_HEADER_LENGTH + Short.BYTES;

  /// Octets of TYPE, CLASS, TTL and RDLENGTH.
  private static final int FIXED_LENGTH = 10;

  private final NameCompressor names = new NameCompressor();
  private final OtherName other = new OtherName();
  private QueryView query = new QueryView();
  private AnswerOptions options = AnswerOptions.DEFAULT;
  private ByteBuffer out = ByteBuffer.allocate(0);
  private int start;
  private int limit;
  private int at;
  private int end;

  private boolean answersForOther;
  private boolean headerOnly;
  private boolean truncated;
  private boolean compressing;
  private boolean lost;
  private int questions;
  private int answers;
  private int authorities;
  private int additionals;
  private int rcode;
  private int errorCode;
  private byte[] errorText = NO_TEXT;
  private int errorTextLength;
  private int errorRoom;

  /// Whether the client is told the texts of extended errors.
  private boolean telling;

  /// Whether the extended error is nothing but a text.
  private boolean onlyText;

  /// Takes the query to reply to and the memory for that: at most `length` octets, 12 at the least,
  /// from `offset`.
  public void open(
      QueryView asked, AnswerOptions wanted, ByteBuffer memory, int offset, int length) {
    query = asked;
    options = wanted;
    out = memory;
    start = offset;
    limit = length;
    answersForOther = false;
    telling = true;
  }

  /// Keeps the texts of extended errors from the client: it gets their codes, and what is nothing
  /// but a text not at all. Until the next [#open].
  public void keepTexts() {
    telling = false;
  }

  /// Whether the client would be told a text.
  public boolean tellsTexts() {
    return telling && query.edns();
  }

  /// Lets the records be about a name that was asked for in place of the question's: it is their
  /// owner then, and the question is still echoed as received. Until the next [#open].
  public void answerFor(QuestionView asked) {
    other.set(asked);
    answersForOther = true;
  }

  /// Empties the sections.
  public void begin() {
    int optLength = optLength();
    boolean fits = query.questionEnd() + optLength <= limit;
    begin(fits ? query.questionEnd() : Header.LENGTH);
    headerOnly = !fits;
    truncated = !fits;
    end = fits ? start + limit - optLength : at;
  }

  private void begin(int opening) {
    at = start + opening;
    out.put(start, query.head(), 0, opening);
    questions = opening > Header.LENGTH ? 1 : 0;
    answers = 0;
    authorities = 0;
    additionals = 0;
    errorCode = ExtendedError.NONE;
    errorText = NO_TEXT;
    errorTextLength = 0;
    errorRoom = 0;
    onlyText = false;
    if (answersForOther) {
      other.begin();
    }
    compressing = false;
    lost = false;
  }

  /// Makes the reply a header and nothing else: FORMERR for what does not parse, NOTIMP for an
  /// opcode. Of the memory 12 octets are used.
  public void header(int responseCode) {
    begin(Header.LENGTH);
    headerOnly = true;
    truncated = false;
    end = at;
    finish(responseCode, 0);
  }

  /// Makes the reply a response code without records: REFUSED, SERVFAIL, BADVERS.
  public void status(int responseCode) {
    begin();
    finish(responseCode, 0);
  }

  /// Makes the reply a response code without records, with an extended error (RFC 8914) for clients
  /// that speak EDNS: one of [ExtendedError], and a text for operators, which may be empty.
  public void status(int responseCode, int extendedError, String text) {
    begin();
    explain(extendedError, text.getBytes(StandardCharsets.UTF_8));
    finish(responseCode, 0);
  }

  /// The query that is replied to.
  public QueryView query() {
    return query;
  }

  /// The form that the server block wants of its replies.
  public AnswerOptions options() {
    return options;
  }

  /// The memory; the finished reply is [#length] octets from [#offset].
  public ByteBuffer memory() {
    return out;
  }

  public int offset() {
    return start;
  }

  /// Octets of the finished reply.
  public int length() {
    return at - start;
  }

  /// RCODE of the finished reply, the part in the OPT record included.
  public int rcode() {
    return rcode;
  }

  /// The extended error, sent to the client or not; [ExtendedError#NONE] without one.
  public int errorCode() {
    return errorCode;
  }

  /// Its text, sent to the client or not; empty without one.
  public String errorText() {
    return new String(errorText, 0, errorTextLength, StandardCharsets.UTF_8);
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

  private int optLength() {
    return query.edns() ? Edns.OPT_LENGTH + nsidLength() : 0;
  }

  /// Octets of the NSID option, 0 if it is not asked for or we have none.
  private int nsidLength() {
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

  int position() {
    return at - start;
  }

  /// The owner of the records that answer: [#QUESTION_NAME] or an [OtherName].
  int owner() {
    return answersForOther ? OtherName.WHOLE : QUESTION_NAME;
  }

  /// Octets that an owner takes beyond a pointer: more than none where it must be spelled.
  int spelling(int owner) {
    return owner < NameCompressor.POINTER ? other.spelling(owner) : 0;
  }

  private void putOwner(int owner) {
    if (!other.spell(owner, this)) {
      putShort(other.pointer(owner));
    }
  }

  /// Copies the records that fit, from the one at `first` on and going round, with `owner` for a
  /// compression pointer to their owner name. Returns their number.
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
    if (length + spelling(owner) > room()) {
      return false;
    }
    putOwner(owner);
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

  /// A pointer to the rest of the name that `owner` points to without its first `octets`.
  int pointerBelow(int owner, int octets) {
    return compressing ? names.below(owner, octets) : owner + octets;
  }

  /// Octets of the record with a pointer for its owner that stands at `position`.
  int recordLength(int position) {
    return Node.RECORD_RDATA + (out.getShort(start + position + Node.RECORD_RDLENGTH) & 0xffff);
  }

  /// Writes a record about the name that was asked for, if it fits. It still has to be counted.
  public boolean putRecord(int type, int recordClass, int ttlSeconds, byte[] rdata) {
    return putRecord(NO_TEXT, type, recordClass, ttlSeconds, rdata);
  }

  /// The same with further labels in front of the name, in wire form without the root. Only for a
  /// question as it was received.
  public boolean putRecord(byte[] labels, int type, int recordClass, int ttlSeconds, byte[] rdata) {
    int length = labels.length + POINTER_LENGTH + FIXED_LENGTH + rdata.length;
    if (length + spelling(owner()) > room()) {
      return false;
    }
    put(labels, 0, labels.length);
    putOwner(owner());
    putShort(type);
    putShort(recordClass);
    putInt(ttlSeconds);
    putShort(rdata.length);
    put(rdata, 0, rdata.length);
    return true;
  }

  void put(byte[] bytes, int from, int length) {
    out.put(at, bytes, from, length);
    at += length;
  }

  private void putShort(int value) {
    out.putShort(at, (short) value);
    at += Short.BYTES;
  }

  private void putInt(int value) {
    out.putInt(at, value);
    at += Integer.BYTES;
  }

  private void putByte(int value) {
    out.put(at++, (byte) value);
  }

  /// Replaces four octets, `position` octets into the message.
  void patchInt(int position, int value) {
    out.putInt(start + position, value);
  }

  public void addAnswers(int count) {
    answers += count;
  }

  /// Writes the record of a negative answer, which fits. The zone's name is what is left of the
  /// name that `owner` stands for without its first `above` octets.
  void putAuthority(NegativeSoa soa, int owner, int above) {
    int zone = pointerBelow(owner, above);
    putOwner(zone);
    int apex = other.pointer(zone);
    int record = at - POINTER_LENGTH;
    put(soa.octets(), POINTER_LENGTH, soa.octets().length - POINTER_LENGTH);
    if (soa.mnamePointer() != NegativeSoa.NO_POINTER) {
      out.putShort(record + soa.mnamePointer(), (short) apex);
    }
    if (soa.rnamePointer() != NegativeSoa.NO_POINTER) {
      out.putShort(record + soa.rnamePointer(), (short) apex);
    }
    authorities++;
  }

  void addAuthorities(int count) {
    authorities += count;
  }

  public void addAdditionals(int count) {
    additionals += count;
  }

  /// The answer section lost records (RFC 2181 section 9).
  public void truncate() {
    truncated = true;
  }

  /// Explains the reply with an extended error, if the client speaks EDNS and there is room.
  void explain(int code, byte[] text) {
    errorCode = code;
    errorText = text;
    errorTextLength = text.length;
  }

  /// Adds a text to the extended error, or makes it one of the code Other (RFC 8914 section 4.1).
  /// It takes the room that is left when all else is written.
  void remark(byte[] text, int length) {
    onlyText = errorCode == ExtendedError.NONE;
    errorCode = onlyText ? ExtendedError.OTHER : errorCode;
    errorText = text;
    errorTextLength = length;
  }

  /// Explains the reply with an extended error, if the client speaks EDNS. Room for it is put aside
  /// before any record.
  void mark(int code) {
    explain(code, NO_TEXT);
    if (query.edns() && room() >= ERROR_LENGTH) {
      errorRoom = ERROR_LENGTH;
      reserve(errorRoom);
    }
  }

  /// Writes OPT and header; `flags` is `AA` or 0.
  public void finish(int responseCode, int flags) {
    rcode = responseCode;
    release(errorRoom);
    if (query.edns() && !headerOnly) {
      putOpt();
      additionals++;
    }
    int kept = query.flags() & (Header.OPCODE | Header.RD | Header.CD);
    int cut = truncated ? Header.TC : 0;
    out.putShort(start + Header.FLAGS, (short) (Header.QR | kept | flags | cut | (rcode & 0xf)));
    out.putShort(start + Header.QDCOUNT, (short) questions);
    out.putShort(start + Header.ANCOUNT, (short) answers);
    out.putShort(start + Header.NSCOUNT, (short) authorities);
    out.putShort(start + Header.ARCOUNT, (short) additionals);
  }

  /// An OPT record of our own: our size, version 0, DO as the client set it, the other flags zero
  /// (RFC 6891 section 6.1.4).
  private void putOpt() {
    int nsidLength = nsidLength();
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

  /// Octets of the extended error, its text cut to the room left (RFC 8914 section 3); 0 for none.
  private int errorLength() {
    boolean sent = errorCode != ExtendedError.NONE && (telling || !onlyText);
    if (!sent || room() < ERROR_LENGTH) {
      return 0;
    }
    return Math.min(ERROR_LENGTH + (telling ? errorTextLength : 0), room());
  }
}
