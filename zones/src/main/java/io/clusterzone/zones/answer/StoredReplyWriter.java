package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;

/// Sends a [StoredReply] as the answer to a query for the same name and type. It copies the records
/// and counts their TTLs down. One per event loop; allocates nothing.
public final class StoredReplyWriter {
  /// Let the TTLs of all records be theirs, less the age.
  public static final int COUNT_DOWN = -1;

  private final Rotation rotation;

  /// The seed of the rotation of addresses.
  public StoredReplyWriter(long seed) {
    rotation = new Rotation(seed);
  }

  /// Makes the stored reply the one to the query, which is for the same name and type.
  ///
  /// @param authoritative whether AA is set: only where the chain begins in a zone of ours (RFC
  ///   1035 section 4.1.1)
  /// @param ageSeconds the seconds to take from each TTL
  /// @param ttlSeconds the TTL of all records instead, or [#COUNT_DOWN]
  /// @param stale whether the stored reply has expired (RFC 8914 section 4.4)
  public void write(
      Reply reply,
      StoredReply stored,
      boolean authoritative,
      int ageSeconds,
      int ttlSeconds,
      boolean stale) {
    reply.begin();
    rotation.on(reply.options().rotate());
    if (stale) {
      reply.mark(ExtendedError.ofStale(stored.rcode()));
    }
    if (stored.truncated()) {
      reply.truncate();
    }
    if (stored.questionEnd() == reply.query().questionEnd()) {
      putRecords(reply, stored, ageSeconds, ttlSeconds);
    }
    int rcode = stored.rcode() > Rcode.MAX_IN_HEADER ? Rcode.SERVFAIL : stored.rcode();
    reply.finish(rcode, flags(reply.query(), stored, authoritative));
  }

  /// A client gets AD if it shows that it understands it (RFC 6840 section 5.7).
  private static int flags(QueryView query, StoredReply reply, boolean authoritative) {
    boolean asked = query.dnssecOk() || (query.flags() & Header.AD) != 0;
    return (authoritative ? Header.AA : 0)
        | (reply.recursionAvailable() ? Header.RA : 0)
        | (asked && reply.authenticData() ? Header.AD : 0);
  }

  private void putRecords(Reply reply, StoredReply stored, int ageSeconds, int ttlSeconds) {
    int answers = stored.answers();
    int addresses = addressesFrom(stored);
    int turn = addresses < answers ? rotation.below(answers - addresses) : 0;
    for (int i = 0; i < answers; i++) {
      int record = i < addresses ? i : addresses + (i - addresses + turn) % (answers - addresses);
      if (!putRecord(reply, stored, record, ageSeconds, ttlSeconds)) {
        reply.truncate();
        return;
      }
      reply.addAnswers(1);
    }
    boolean authority = !reply.options().minimal() || stored.isNegative();
    for (int i = answers; authority && i < stored.records(); i++) {
      if (!putRecord(reply, stored, i, ageSeconds, ttlSeconds)) {
        return;
      }
      reply.addAuthorities(1);
    }
  }

  private static boolean putRecord(
      Reply reply, StoredReply stored, int record, int ageSeconds, int ttlSeconds) {
    int start = stored.recordStart(record);
    int length = stored.recordEnd(record) - start;
    if (length > reply.room()) {
      return false;
    }
    int at = reply.position();
    reply.put(stored.message(), start, length);
    int ttl = ttl(stored, record, ageSeconds, ttlSeconds);
    reply.patchInt(at + stored.ttlOffset(record) - start, ttl);
    return true;
  }

  /// The TTL with which a record is sent; the parameters are those of [#write].
  public static int ttl(StoredReply reply, int record, int ageSeconds, int ttlSeconds) {
    int own = reply.ttl(record);
    return ttlSeconds == COUNT_DOWN ? Math.max(0, own - ageSeconds) : Math.min(ttlSeconds, own);
  }

  /// The first of the addresses at the end of the answer section that may change places: all of one
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
        && reply.ttlOffset(record) - start == Reply.POINTER_LENGTH + 2 * Short.BYTES
        && (reply.message()[start] & 0xc0) == 0xc0;
  }
}
