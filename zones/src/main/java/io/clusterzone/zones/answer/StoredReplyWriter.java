package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import java.nio.ByteBuffer;

/// Sends a [StoredReply] as the answer to a query for the same name and type, by copying its
/// records and counting their TTLs down. One per event loop; allocates nothing.
public final class StoredReplyWriter {
  /// Let the TTLs of all records be theirs, less the age.
  public static final int COUNT_DOWN = -1;

  private final ReplyFrame frame = new ReplyFrame();
  private final Rotation rotation;

  /// The seed of the rotation of addresses.
  public StoredReplyWriter(long seed) {
    rotation = new Rotation(seed);
  }

  /// Writes the reply into `out`, which is in network byte order, from `offset`: at most `limit`
  /// octets, which are 12 at the least. Returns its length.
  ///
  /// @param authoritative whether AA is set: only where the chain begins in a zone of ours (RFC
  ///   1035 section 4.1.1)
  /// @param ageSeconds what the TTLs are less by
  /// @param ttlSeconds the TTL of all records instead, or [#COUNT_DOWN]
  /// @param stale whether the reply has expired (RFC 8914 section 4.4)
  public int write(
      QueryView query,
      StoredReply reply,
      boolean authoritative,
      int ageSeconds,
      int ttlSeconds,
      boolean stale,
      ByteBuffer out,
      int offset,
      int limit,
      AnswerOptions options) {
    frame.begin(query, out, offset, limit, options);
    rotation.on(options.rotate());
    if (stale) {
      frame.mark(query, ExtendedError.ofStale(reply.rcode()));
    }
    if (reply.truncated()) {
      frame.truncate();
    }
    if (reply.questionEnd() == query.questionEnd()) {
      putRecords(reply, ageSeconds, ttlSeconds, options.minimal());
    }
    int rcode = reply.rcode() > Rcode.MAX_IN_HEADER ? Rcode.SERVFAIL : reply.rcode();
    return frame.finish(query, options, rcode, flags(query, reply, authoritative));
  }

  /// AD goes to those who show that they understand it (RFC 6840 section 5.7).
  private static int flags(QueryView query, StoredReply reply, boolean authoritative) {
    boolean asked = query.dnssecOk() || (query.flags() & Header.AD) != 0;
    return (authoritative ? Header.AA : 0)
        | (reply.recursionAvailable() ? Header.RA : 0)
        | (asked && reply.authenticData() ? Header.AD : 0);
  }

  private void putRecords(StoredReply reply, int ageSeconds, int ttlSeconds, boolean minimal) {
    int answers = reply.answers();
    int addresses = addressesFrom(reply);
    int turn = addresses < answers ? rotation.below(answers - addresses) : 0;
    for (int i = 0; i < answers; i++) {
      int record = i < addresses ? i : addresses + (i - addresses + turn) % (answers - addresses);
      if (!putRecord(reply, record, ageSeconds, ttlSeconds)) {
        frame.truncate();
        return;
      }
      frame.addAnswers(1);
    }
    boolean authority = !minimal || reply.isDenial();
    for (int i = answers; authority && i < reply.records(); i++) {
      if (!putRecord(reply, i, ageSeconds, ttlSeconds)) {
        return;
      }
      frame.addAuthority();
    }
  }

  private boolean putRecord(StoredReply reply, int record, int ageSeconds, int ttlSeconds) {
    int start = reply.recordStart(record);
    int length = reply.recordEnd(record) - start;
    if (length > frame.room()) {
      return false;
    }
    int at = frame.position();
    frame.put(reply.message(), start, length);
    int ttl = ttl(reply, record, ageSeconds, ttlSeconds);
    frame.patchInt(at + reply.ttlOffset(record) - start, ttl);
    return true;
  }

  /// The TTL with which a record is sent; the parameters are those of [#write].
  public static int ttl(StoredReply reply, int record, int ageSeconds, int ttlSeconds) {
    int own = reply.ttl(record);
    return ttlSeconds == COUNT_DOWN ? Math.max(0, own - ageSeconds) : Math.min(ttlSeconds, own);
  }

  /// Where the addresses at the end of the answer section begin that may change places: all of one
  /// length, with compression pointers for owners, so that none is pointed to by another. The
  /// number of answers if none do.
  private int addressesFrom(StoredReply reply) {
    int from = reply.answers();
    if (!rotation.isOn()) {
      return from;
    }
    while (from > 0 && mayRotate(reply, from - 1)) {
      from--;
    }
    return from;
  }

  private static boolean mayRotate(StoredReply reply, int record) {
    int type = reply.type(record);
    int last = reply.answers() - 1;
    int start = reply.recordStart(record);
    return (type == RRType.A || type == RRType.AAAA)
        && type == reply.type(last)
        && reply.ttlOffset(record) - start == ReplyFrame.POINTER_LENGTH + 2 * Short.BYTES
        && (reply.message()[start] & 0xc0) == 0xc0;
  }
}
