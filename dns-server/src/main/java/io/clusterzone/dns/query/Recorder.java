package io.clusterzone.dns.query;

import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.dns.ops.ScopeCounters;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.ops.log.ErrorRules;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.dns.ops.log.LoggedQuery;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Counts and logs what became of the query that its [QueryHandler] is busy with. Confined to one
/// event loop; allocates only where a server block logs.
final class Recorder {
  private static final int RCODE_BITS = 0x000f;

  private final Log log;
  private final ScopeCounters unmatched;
  private long startNanos;
  private int received;

  /// @param unmatched where queries are counted that no server block takes
  Recorder(Log log, ScopeCounters unmatched) {
    this.log = log;
    this.unmatched = unmatched;
  }

  /// When and with how many octets a query began.
  record Start(long nanos, int octets) {}

  /// What a query that is put off needs to be recorded later.
  Start start() {
    return new Start(startNanos, received);
  }

  /// Records the response to a query that was put off, whatever the handler is busy with.
  void resumed(
      Start start,
      QueryView query,
      BlockTable.Entry entry,
      Stage stage,
      ByteBuffer reply,
      int length,
      ReplySink sink) {
    Start busy = start();
    startNanos = start.nanos();
    received = start.octets();
    response(query, entry, stage, reply, length, sink);
    startNanos = busy.nanos();
    received = busy.octets();
  }

  void begin(int octets) {
    received = octets;
    startNanos = System.nanoTime();
  }

  void request(QueryView query, ScopeCounters scope, ReplySink sink) {
    scope.request(tcp(sink), ipv6(sink), query.type(), query.dnssecOk(), received);
  }

  void unmatchedRequest(QueryView query, ReplySink sink) {
    request(query, unmatched, sink);
  }

  void unmatched(int rcode, int octets, ReplySink sink) {
    unmatched.response(tcp(sink), rcode, Stage.NONE, octets);
    unmatched.duration(System.nanoTime() - startNanos);
  }

  void response(
      QueryView query,
      BlockTable.Entry entry,
      Stage stage,
      ByteBuffer reply,
      int length,
      ReplySink sink) {
    int at = reply.position();
    int flags = reply.getShort(at + Header.FLAGS) & 0xffff;
    int rcode = flags & RCODE_BITS;
    long nanos = System.nanoTime() - startNanos;
    entry.counters().response(tcp(sink), rcode, stage, length);
    entry.counters().duration(nanos);
    LogRule rule = entry.logRule(query);
    if (rule != null) {
      int answers = reply.getShort(at + Header.ANCOUNT) & 0xffff;
      if (rule.wants(rcode, answers)) {
        log.query(rule.format(), logged(query, flags, rcode, length, nanos, sink));
      }
    }
  }

  /// Counts a query that was not let wait for an upstream.
  void shed(BlockTable.Entry entry, ShedReason reason) {
    entry.counters().shed(reason);
  }

  private LoggedQuery logged(
      QueryView query, int flags, int rcode, int length, long nanos, ReplySink sink) {
    return new LoggedQuery(
        sink.client(),
        sink.local(),
        sink.protocol().label(),
        query.id(),
        (query.flags() & Header.OPCODE) >> 11,
        Name.ofWire(query.name(), 0),
        query.type(),
        query.recordClass(),
        received,
        query.dnssecOk(),
        tcp(sink) ? 0xffff : query.udpLimit(0xffff),
        flags,
        rcode,
        length,
        nanos);
  }

  /// Logs what went wrong, if the server block has the directive `errors`.
  void error(QueryView query, ServerBlock block, int rcode, String message) {
    ErrorRules rules = block.errors();
    if (rules != null) {
      log.error(rules, subject(query, rcode), message);
    }
  }

  /// Logs an exception that nobody expected, with or without the directive `errors`.
  void panic(QueryView query, BlockTable.@Nullable Entry entry, Throwable cause) {
    ErrorRules wanted = entry == null ? null : entry.block().errors();
    ErrorRules rules = wanted == null ? ErrorRules.PLAIN : wanted;
    log.error(rules, subject(query, Rcode.SERVFAIL), "unexpected " + cause);
  }

  private static String subject(QueryView query, int rcode) {
    return rcode + " " + Name.ofWire(query.name(), 0) + " " + Mnemonics.type(query.type());
  }

  private static boolean tcp(ReplySink sink) {
    return sink.protocol() == Protocol.TCP;
  }

  private static boolean ipv6(ReplySink sink) {
    return sink.client().getAddress() instanceof Inet6Address;
  }
}
