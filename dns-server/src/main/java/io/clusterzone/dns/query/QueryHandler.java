package io.clusterzone.dns.query;

import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.wire.Verdict;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers one query, from the parser's verdict to the reply. One per listener and event loop; made
/// on any thread, called on that loop's, and allocates nothing unless the query is logged or has to
/// wait.
///
/// A query goes to one server block, and there through the [Plan] of its directives.
public final class QueryHandler implements MessageHandler {
  private final BlockTable blocks;
  private final Recorder recorder;
  private final Workbench bench;

  /// @param blocks of the listener
  /// @param unmatched the scope of queries that no block takes
  /// @param counters of the event loop; they have the scopes of all blocks and `unmatched`
  /// @param bench that the handlers of the event loop share
  public QueryHandler(
      List<ServerBlock> blocks, Scope unmatched, LoopCounters counters, Log log, Workbench bench) {
    this(blocks, unmatched, counters, log, bench, null);
  }

  /// @param before another handler of the event loop; what both have in common is not made again
  public QueryHandler(
      List<ServerBlock> blocks,
      Scope unmatched,
      LoopCounters counters,
      Log log,
      Workbench bench,
      @Nullable QueryHandler before) {
    this.blocks =
        new BlockTable(
            blocks, counters, bench.channels(), before == null ? BlockTable.none() : before.blocks);
    this.recorder = new Recorder(log, counters.of(unmatched), bench.seen());
    this.bench = bench;
  }

  @Override
  public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
    Received asked = bench.lend();
    try {
      Verdict verdict = asked.arrive(this, memory, offset, length, sink);
      switch (verdict) {
        case DROP -> sink.drop();
        case FORMERR -> sendHeader(asked, Rcode.FORMERR);
        case NOTIMP -> sendHeader(asked, Rcode.NOTIMP);
        case BADVERS -> sendStatus(asked, Rcode.BADVERS, ExtendedError.NONE);
        case QUERY, CHAOS, OTHER_CLASS, TRANSFER -> {
          BlockTable.Entry entry = blocks.find(asked.query());
          if (entry == null || entry.block().refuses()) {
            sendStatus(asked, Rcode.REFUSED, ExtendedError.NOT_AUTHORITATIVE);
          } else {
            asked.open(entry);
            recorder.request(asked);
            finish(entry.plan().run(asked), asked);
          }
        }
      }
    } finally {
      bench.takeBack();
    }
  }

  /// Goes on with a query that was put off. No exception passes: the query is then dropped and
  /// counted, and the event loop goes on.
  void resume(HeldQuery held, Function<Asked, Ending> step) {
    Received asked = bench.lend();
    try {
      asked.resume(held);
      finish(held.entry().plan().goOn(asked, step), asked);
    } catch (RuntimeException e) {
      recorder.panic(asked.query(), held.entry(), e);
      held.sink().drop();
    } finally {
      bench.takeBack();
    }
  }

  /// The only end of a query that a server block has taken.
  private void finish(Ending ending, Received asked) {
    switch (ending) {
      case WRITTEN -> {
        asked.mend();
        recorder.response(asked);
        asked.sink().send(asked.reply().length());
      }
      case DROPPED -> asked.sink().drop();
      case LATER -> {}
      case PASS -> throw new IllegalStateException("a plan that ends with nothing");
    }
  }

  /// Answers a message that cannot be echoed further than its header.
  private void sendHeader(Received asked, int rcode) {
    asked.open(AnswerOptions.DEFAULT, Header.LENGTH);
    asked.reply().header(rcode);
    sendUnmatched(asked);
  }

  /// Answers a question that no server block sees.
  private void sendStatus(Received asked, int rcode, int extendedError) {
    recorder.unmatchedRequest(asked);
    asked.open(AnswerOptions.DEFAULT);
    asked.reply().status(rcode, extendedError, "");
    sendUnmatched(asked);
  }

  private void sendUnmatched(Received asked) {
    recorder.unmatched(asked);
    asked.sink().send(asked.reply().length());
  }

  /// SERVFAIL, and a line in the log that names the exception. The query is parsed again: its view
  /// may have been left in any state.
  @Override
  public void failed(ByteBuffer memory, int offset, int length, ReplySink sink, Throwable cause) {
    Received asked = bench.lend();
    try {
      switch (asked.arrive(this, memory, offset, length, sink)) {
        case DROP -> sink.drop();
        case FORMERR, NOTIMP -> sendHeader(asked, Rcode.SERVFAIL);
        case BADVERS, QUERY, CHAOS, OTHER_CLASS, TRANSFER -> {
          recorder.panic(asked.query(), blocks.find(asked.query()), cause);
          sendStatus(asked, Rcode.SERVFAIL, ExtendedError.OTHER);
        }
      }
    } finally {
      bench.takeBack();
    }
  }

  BlockTable blocks() {
    return blocks;
  }

  Recorder recorder() {
    return recorder;
  }
}
