package io.clusterzone.zones.wire;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;
import io.clusterzone.zones.record.RRType;
import java.nio.ByteBuffer;

/// The one received query an event loop is busy with, parsed.
///
/// Each event loop has one and uses it for packet after packet; nothing is allocated per query. It
/// copies the header and the question (271 octets at the most) out of the received memory, which
/// may be reused as soon as [#read] is back. Its fields are meaningful as far as the verdict lets:
/// after `FORMERR` and `NOTIMP` the header alone, after `DROP` nothing.
///
/// Only what the header claims *and* the message holds is believed: each step compares with the end
/// of the message before it reads (RFC 9267).
public final class QueryView extends QuestionView {
  private static final int MAX_QUESTION_LENGTH = Name.MAX_LENGTH + 4;

  /// The header and the question as received; see [Header].
  private final byte[] head = new byte[Header.LENGTH + MAX_QUESTION_LENGTH];

  private final RecordScan records = new RecordScan();

  private int questionEnd;

  /// Parses the message in `buffer[offset, offset + length)`, which is in network byte order; its
  /// position and limit are neither used nor changed.
  public Verdict read(ByteBuffer buffer, int offset, int length) {
    questionEnd = Header.LENGTH;
    nameLength = 0;
    records.clear();
    if (length < Header.LENGTH) {
      return Verdict.DROP;
    }
    int copied = Math.min(length, head.length);
    buffer.get(offset, head, 0, copied);
    int flags = u16(Header.FLAGS);
    if ((flags & Header.QR) != 0) {
      return Verdict.DROP;
    }
    if ((flags & Header.OPCODE) != 0) {
      return Verdict.NOTIMP;
    }
    if (!plausibleCounts() || !readQuestion(copied) || !readRecords(buffer, offset, length)) {
      questionEnd = Header.LENGTH;
      return Verdict.FORMERR;
    }
    return verdict();
  }

  /// More records than a query can have use for are refused unread, as CoreDNS does: one in the
  /// answer or authority section (IXFR), two in the additional (OPT and TSIG).
  private boolean plausibleCounts() {
    return u16(Header.QDCOUNT) == 1
        && u16(Header.ANCOUNT) <= 1
        && u16(Header.NSCOUNT) <= 1
        && u16(Header.ARCOUNT) <= 2;
  }

  /// Walks the labels, then folds the name in one go. A compression pointer has nothing to point to
  /// in the first name of a message, so any length above 63 is an error.
  private boolean readQuestion(int available) {
    int at = Header.LENGTH;
    int last = Math.min(available, Header.LENGTH + Name.MAX_LENGTH) - 1;
    while (at <= last && head[at] != 0) {
      int label = head[at] & 0xff;
      if (label > Name.MAX_LABEL_LENGTH) {
        return false;
      }
      at += label + 1;
    }
    if (at > last || at + 5 > available) {
      return false;
    }
    nameLength = at + 1 - Header.LENGTH;
    type = u16(at + 1);
    recordClass = u16(at + 3);
    questionEnd = at + 5;
    for (int i = 0; i < nameLength; i++) {
      name[i] = Name.fold(head[Header.LENGTH + i]);
    }
    return true;
  }

  private boolean readRecords(ByteBuffer buffer, int offset, int length) {
    int before = u16(Header.ANCOUNT) + u16(Header.NSCOUNT);
    int additional = u16(Header.ARCOUNT);
    return before + additional == 0
        || records.read(buffer, offset, offset + questionEnd, offset + length, before, additional);
  }

  private Verdict verdict() {
    if (records.ednsVersion() > 0) {
      return Verdict.BADVERS;
    }
    if (recordClass != DnsClass.IN) {
      return recordClass == DnsClass.CH ? Verdict.CHAOS : Verdict.OTHER_CLASS;
    }
    if (type == RRType.AXFR || type == RRType.IXFR) {
      return Verdict.TRANSFER;
    }
    hash = NameHash.of(name, 0, nameLength);
    return Verdict.QUERY;
  }

  /// The octets to open the reply with: id, flags, counts and the question as received. Valid up to
  /// [#questionEnd]; not to be changed.
  public byte[] head() {
    return head;
  }

  /// Octets of header and question; the header's alone where there is no question to echo.
  public int questionEnd() {
    return questionEnd;
  }

  public int id() {
    return u16(0);
  }

  /// The second word of the header as received.
  public int flags() {
    return u16(Header.FLAGS);
  }

  public boolean recursionDesired() {
    return (flags() & Header.RD) != 0;
  }

  public boolean checkingDisabled() {
    return (flags() & Header.CD) != 0;
  }

  @Override
  public Name spelledName() {
    return Name.ofWire(head, Header.LENGTH);
  }

  /// Whether the query has an OPT record: the reply has one if and only if this is true (RFC 6891
  /// section 7).
  public boolean edns() {
    return records.edns();
  }

  /// DNSSEC OK (RFC 3225).
  public boolean dnssecOk() {
    return records.dnssecOk();
  }

  /// Whether the name server's identifier is asked for (RFC 5001 section 2.1).
  public boolean nsidAsked() {
    return records.nsidAsked();
  }

  /// Whether a server says that it repeats a client's query, see [Edns#REPEATED].
  public boolean repeated() {
    return records.repeated();
  }

  /// The most octets a reply over UDP may have, if we send no more than `ownMaximum`.
  public int udpLimit(int ownMaximum) {
    return edns()
        ? Math.min(Math.max(records.udpSize(), Edns.MIN_SIZE), ownMaximum)
        : Edns.MIN_SIZE;
  }

  private int u16(int at) {
    return (head[at] & 0xff) << 8 | (head[at + 1] & 0xff);
  }
}
