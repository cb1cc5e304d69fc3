package io.clusterzone.dns.query;

import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.ScopeCounters;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.ops.log.ErrorRules;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.dns.ops.log.LoggedQuery;
import io.clusterzone.dns.ops.top.QueryRing;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import org.jspecify.annotations.Nullable;

/// Counts and logs what becomes of queries. One per [QueryHandler], confined to its event loop;
/// allocates only where a server block logs.
final class Recorder {
  private static final int RCODE_BITS = 0x000f;

  private final Log log;
  private final ScopeCounters unmatched;
  private final QueryRing seen;

  /// @param unmatched where queries are counted that no server block takes
  /// @param seen takes a copy of some of them
  Recorder(Log log, ScopeCounters unmatched, QueryRing seen) {
    this.log = log;
    this.unmatched = unmatched;
    this.seen = seen;
  }

  void request(Received asked) {
    request(asked, asked.entry().counters());
  }

  void unmatchedRequest(Received asked) {
    request(asked, unmatched);
  }

  private static void request(Received asked, ScopeCounters scope) {
    QueryView query = asked.query();
    scope.request(
        asked.protocol(), asked.sink().ipv6(), query.type(), query.dnssecOk(), asked.octets());
  }

  void unmatched(Received asked) {
    Reply reply = asked.reply();
    unmatched.response(asked.protocol(), reply.rcode(), Stage.NONE, reply.length());
    long nanos = System.nanoTime() - asked.startNanos();
    unmatched.duration(nanos);
    offer(asked, reply.rcode(), nanos);
  }

  /// A message whose name was not read has none to be ranked by.
  private void offer(Received asked, int rcode, long nanos) {
    QueryView query = asked.query();
    if (query.nameLength() > 0 && seen.wants(nanos)) {
      byte[] client = asked.sink().clientAddress();
      seen.put(query.name(), query.nameLength(), query.type(), rcode, client, nanos);
    }
  }

  void response(Received asked) {
    int flags = flags(asked);
    int rcode = flags & RCODE_BITS;
    int length = asked.reply().length();
    long nanos = System.nanoTime() - asked.startNanos();
    BlockTable.Entry entry = asked.entry();
    entry.counters().response(asked.protocol(), rcode, asked.stage, length);
    entry.counters().duration(nanos);
    ReplyTap.OnLoop tap = entry.tap();
    if (tap != null) {
      tap.replied(asked.query(), asked.stage, asked.reply());
    }
    offer(asked, rcode, nanos);
    LogRule rule = entry.logRule(asked.query());
    if (rule != null) {
      Reply reply = asked.reply();
      int answers = reply.memory().getShort(reply.offset() + Header.ANCOUNT) & 0xffff;
      if (rule.wants(rcode, answers)) {
        log.query(rule.format(), logged(asked, flags, rcode, nanos));
      }
    }
  }

  private static int flags(Received asked) {
    Reply reply = asked.reply();
    return reply.memory().getShort(reply.offset() + Header.FLAGS) & 0xffff;
  }

  private static LoggedQuery logged(Received asked, int flags, int rcode, long nanos) {
    ReplySink sink = asked.sink();
    QueryView query = asked.query();
    return new LoggedQuery(
        sink.client(),
        sink.local(),
        sink.protocol(),
        query.id(),
        (query.flags() & Header.OPCODE) >> 11,
        Name.ofWire(query.name(), 0),
        query.type(),
        query.recordClass(),
        asked.octets(),
        query.dnssecOk(),
        asked.protocol() == Protocol.TCP ? 0xffff : query.udpLimit(0xffff),
        flags,
        rcode,
        asked.reply().length(),
        nanos,
        reason(asked.reply()));
  }

  /// The words of the extended error, or the name of its code.
  private static String reason(Reply reply) {
    String text = reply.errorText();
    return text.isEmpty() ? ExtendedError.name(reply.errorCode()) : text;
  }

  /// Logs what went wrong, if the server block has the directive `errors`.
  void error(QueryView query, BlockTable.Entry entry, int rcode, String message) {
    ErrorRules rules = entry.block().errors();
    if (rules != null) {
      log.error(rules, subject(query, rcode), message);
    }
  }

  /// Logs an unexpected exception, with or without the directive `errors`.
  void panic(QueryView query, BlockTable.@Nullable Entry entry, Throwable cause) {
    ErrorRules wanted = entry == null ? null : entry.block().errors();
    ErrorRules rules = wanted == null ? ErrorRules.PLAIN : wanted;
    log.error(rules, subject(query, Rcode.SERVFAIL), "unexpected " + cause);
  }

  private static String subject(QueryView query, int rcode) {
    return rcode + " " + Name.ofWire(query.name(), 0) + " " + Mnemonics.type(query.type());
  }
}
