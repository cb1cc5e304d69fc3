package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.LoopResolver;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.answer.Outcome;
import io.clusterzone.zones.answer.ReplyWriter;
import io.clusterzone.zones.answer.Responder;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.wire.Verdict;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/// What happens to one query, from the parser's verdict to the reply. One per listener and event
/// loop; made on any thread, called on that loop's, and allocates nothing unless the query is
/// logged.
///
/// A query goes to one server block, and there through its directives in CoreDNS's fixed order,
/// whatever their order in the file: `chaos`, `any`, `hosts`, `kubernetes`, `forward` behind its
/// `cache`, `whoami`.
public final class QueryHandler implements MessageHandler {
  /// Octets of the longest message (RFC 1035 section 4.2.2).
  private static final int MAX_MESSAGE_OCTETS = 0xffff;

  private final BlockTable blocks;
  private final Recorder recorder;
  private final QueryView query;
  private final Responder responder;
  private final ReplyWriter writer;
  private final HostStage hosts;
  private final ForwardStage forwarding;

  /// The received message, for as long as it is handled.
  private ByteBuffer message = ByteBuffer.allocate(0);

  private int messageOffset;
  private int messageLength;

  /// The reply being written; meaningful between [ReplySink#reserve] and [ReplySink#send].
  private ByteBuffer out = ByteBuffer.allocate(0);

  private int limit;
  private Stage stage = Stage.NONE;

  /// @param blocks of the listener
  /// @param unmatched what queries are counted by that no block takes
  /// @param counters of the event loop; they have the scopes of all blocks and `unmatched`
  /// @param bench that the handlers of the event loop share
  /// @param channels of the event loop, for questions to upstreams
  public QueryHandler(
      List<ServerBlock> blocks,
      Scope unmatched,
      LoopCounters counters,
      Log log,
      Workbench bench,
      LoopChannels channels) {
    this.blocks = new BlockTable(blocks, counters, channels);
    this.recorder = new Recorder(log, counters.of(unmatched));
    this.query = bench.query;
    this.responder = bench.responder;
    this.writer = bench.writer;
    this.hosts = new HostStage(bench);
    this.forwarding = new ForwardStage(this.blocks, this.recorder, bench);
  }

  @Override
  public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
    recorder.begin(length);
    message = memory;
    messageOffset = offset;
    messageLength = length;
    Verdict verdict = query.read(memory, offset, length);
    switch (verdict) {
      case DROP -> sink.drop();
      case FORMERR -> sendHeader(Rcode.FORMERR, sink);
      case NOTIMP -> sendHeader(Rcode.NOTIMP, sink);
      case BADVERS -> sendStatus(Rcode.BADVERS, ExtendedError.NONE, sink);
      case QUERY, CHAOS, OTHER_CLASS, TRANSFER -> {
        BlockTable.Entry entry = blocks.find(query);
        if (entry == null || entry.block().refuses()) {
          sendStatus(Rcode.REFUSED, ExtendedError.NOT_AUTHORITATIVE, sink);
        } else {
          answer(verdict, entry, sink);
        }
      }
    }
  }

  private void answer(Verdict verdict, BlockTable.Entry entry, ReplySink sink) {
    recorder.request(query, entry.counters(), sink);
    reserve(entry.block().options(), sink);
    int length = write(verdict, entry, sink);
    responder.forget();
    if (length == ForwardStage.LATER) {
      return;
    }
    if (length == ForwardStage.DROPPED) {
      sink.drop();
      return;
    }
    recorder.response(query, entry, stage, out, length, sink);
    sink.send(length);
  }

  /// The stages of a server block. Returns the length of the reply, or what [ForwardStage#answer]
  /// does.
  private int write(Verdict verdict, BlockTable.Entry entry, ReplySink sink) {
    ServerBlock block = entry.block();
    AnswerOptions options = block.options();
    int at = out.position();

    ChaosTexts chaos = block.chaos();
    if (verdict == Verdict.CHAOS && chaos != null) {
      List<String> texts = chaos.answerTo(query);
      if (!texts.isEmpty()) {
        stage = Stage.CHAOS;
        return writer.chaos(query, texts, out, at, limit, options);
      }
    }
    if (verdict != Verdict.QUERY) {
      return writer.status(query, Rcode.REFUSED, out, at, limit, options);
    }

    if (block.forwarding() != null && block.forwarding().recognizes(query)) {
      stage = Stage.LOOP;
      return writer.status(query, Rcode.REFUSED, out, at, limit, options);
    }

    if (block.any() && query.type() == RRType.ANY) {
      stage = Stage.ANY;
      return writer.any(query, out, at, limit, options);
    }

    int fromHosts = hosts.write(block, query, out, at, limit);
    if (fromHosts != HostStage.NEXT) {
      stage = Stage.HOSTS;
      return fromHosts;
    }

    ClusterZones cluster = block.kubernetes();
    if (cluster != null && cluster.covers(query)) {
      Outcome outcome = cluster.lookup(query, responder);
      if (!cluster.fallsThrough(query, outcome, responder.aliases())) {
        stage = Stage.KUBERNETES;
        if (outcome == Outcome.ALIAS && blocks.chases()) {
          return forwarding.chase(current(entry, sink));
        }
        return responder.write(query, out, at, limit, options);
      }
    }

    LoopResolver resolver = entry.resolver();
    if (resolver != null && resolver.isFor(query)) {
      stage = Stage.FORWARD;
      return forwarding.answer(current(entry, sink), resolver);
    }

    if (block.whoami()) {
      stage = Stage.WHOAMI;
      InetSocketAddress client = sink.client();
      byte[] address = client.getAddress().getAddress();
      boolean tcp = sink.protocol() == Protocol.TCP;
      return writer.whoami(query, address, client.getPort(), tcp, out, at, limit, options);
    }

    recorder.error(query, block, Rcode.SERVFAIL, "no directive of the server block answers");
    return writer.status(query, Rcode.SERVFAIL, out, at, limit, options);
  }

  private ForwardStage.Current current(BlockTable.Entry entry, ReplySink sink) {
    return new ForwardStage.Current(
        query,
        sink,
        out,
        limit,
        entry,
        () -> HeldQuery.of(message, messageOffset, messageLength, entry, sink, recorder.start()));
  }

  /// Answers what cannot be echoed further than its header.
  private void sendHeader(int rcode, ReplySink sink) {
    out = sink.reserve(Header.LENGTH);
    int length = writer.header(query, rcode, out, out.position());
    recorder.unmatched(rcode, length, sink);
    sink.send(length);
  }

  /// Answers a question that no server block sees.
  private void sendStatus(int rcode, int extendedError, ReplySink sink) {
    recorder.unmatchedRequest(query, sink);
    AnswerOptions options = AnswerOptions.DEFAULT;
    reserve(options, sink);
    int length =
        writer.status(query, rcode, extendedError, "", out, out.position(), limit, options);
    recorder.unmatched(rcode, length, sink);
    sink.send(length);
  }

  /// Octets that the reply may have.
  static int limit(QueryView query, AnswerOptions options, ReplySink sink) {
    return switch (sink.protocol()) {
      case UDP -> query.udpLimit(options.maxUdpSize());
      case TCP -> MAX_MESSAGE_OCTETS;
    };
  }

  private void reserve(AnswerOptions options, ReplySink sink) {
    limit = limit(query, options, sink);
    out = sink.reserve(limit);
    stage = Stage.NONE;
  }

  /// SERVFAIL, and a line in the log that names the exception. The query is parsed again: the view
  /// may have been left in any state.
  @Override
  public void failed(ByteBuffer memory, int offset, int length, ReplySink sink, Throwable cause) {
    switch (query.read(memory, offset, length)) {
      case DROP -> sink.drop();
      case FORMERR, NOTIMP -> sendHeader(Rcode.SERVFAIL, sink);
      case BADVERS, QUERY, CHAOS, OTHER_CLASS, TRANSFER -> {
        recorder.panic(query, blocks.find(query), cause);
        sendStatus(Rcode.SERVFAIL, ExtendedError.OTHER, sink);
      }
    }
  }
}
