package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.AliasChase;
import io.clusterzone.dns.forward.Asker;
import io.clusterzone.dns.forward.LoopResolver;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.forward.reply.ShedReply;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.answer.ReplyWriter;
import io.clusterzone.zones.answer.StoredReplyWriter;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers queries with what an upstream says, at once where it is remembered, else when the reply
/// comes. Part of a [QueryHandler], confined to its event loop.
final class ForwardStage {
  /// The reply is sent later.
  static final int LATER = -1;

  private final Recorder recorder;
  private final ChainParts parts;
  private final ReplyWriter writer;
  private final StoredReplyWriter stored;
  private final QueryView resumed;

  ForwardStage(BlockTable blocks, Recorder recorder, Workbench bench) {
    this.recorder = recorder;
    this.parts = new ChainParts(blocks, bench);
    this.writer = bench.writer;
    this.stored = bench.stored;
    this.resumed = bench.resumed;
  }

  /// The query ends without a reply.
  static final int DROPPED = -2;

  /// Waits for a resolution, or has it already.
  private static final class Pending implements Asker {
    private final InetAddress client;
    private final ReplySink sink;
    private @Nullable Resolution resolution;
    private @Nullable HeldQuery held;

    /// @param sink of the client who waits, at first: it is soon lent to the query of another
    Pending(ReplySink sink) {
      client = sink.client().getAddress();
      this.sink = sink;
    }

    @Override
    public int clientHash() {
      return ClientHash.of(client);
    }

    @Override
    public boolean behind() {
      return sink.behind(client);
    }
  }

  /// The query that the handler is busy with, and how to put it aside.
  record Current(
      QueryView query,
      ReplySink sink,
      ByteBuffer out,
      int limit,
      BlockTable.Entry entry,
      Supplier<HeldQuery> hold) {
    Question question() {
      return new Question(
          Name.ofWire(query.head(), Header.LENGTH),
          query.type(),
          query.recursionDesired(),
          query.dnssecOk(),
          query.checkingDisabled());
    }
  }

  /// Writes the reply into the current memory and returns its length, or [#LATER] or [#DROPPED].
  int answer(Current current, LoopResolver resolver) {
    boolean overTcp = current.sink().protocol() == Protocol.TCP;
    var pending = new Pending(current.sink());
    Question question = current.question();
    Resolution.Listener end = resolution -> resolved(pending, resolution, false);
    resolver.resolve(
        question, overTcp, pending, resolution -> goOn(question, resolution, pending, end));
    return writeOrWait(current, pending, false);
  }

  /// An upstream has no say over our names: where it leads to one, the chain goes on here.
  private void goOn(
      Question question, Resolution resolution, Pending pending, Resolution.Listener end) {
    if (resolution instanceof Resolution.Reply reply && parts.knowsAnyOf(reply.reply())) {
      AliasChase.goOn(question, reply, parts, pending, end);
    } else {
      end.ended(resolution);
    }
  }

  /// The same for an alias of our zones whose target is elsewhere.
  int chase(Current current) {
    var pending = new Pending(current.sink());
    AliasChase.start(
        current.question(), parts, pending, resolution -> resolved(pending, resolution, true));
    return writeOrWait(current, pending, true);
  }

  private int writeOrWait(Current current, Pending pending, boolean chase) {
    Resolution resolution = pending.resolution;
    if (resolution == null) {
      pending.held = current.hold().get();
      return LATER;
    }
    return write(
        current.query(), current.entry(), resolution, chase, current.out(), current.limit());
  }

  private void resolved(Pending pending, Resolution resolution, boolean chase) {
    HeldQuery held = pending.held;
    if (held == null) {
      pending.resolution = resolution;
    } else {
      resume(held, resolution, chase);
    }
  }

  /// Sends the reply that a query has waited for. No exception passes: the query is then dropped
  /// and counted, and the event loop goes on.
  private void resume(HeldQuery held, Resolution resolution, boolean chase) {
    ReplySink sink = held.sink();
    ByteBuffer message = held.message();
    try {
      var _ = resumed.read(message, 0, message.capacity());
      AnswerOptions options = held.entry().block().options();
      int limit = QueryHandler.limit(resumed, options, sink);
      ByteBuffer out = sink.reserve(limit);
      int length = write(resumed, held.entry(), resolution, chase, out, limit);
      if (length == DROPPED) {
        sink.drop();
        return;
      }
      recorder.resumed(held.start(), resumed, held.entry(), stage(resolution), out, length, sink);
      sink.send(length);
    } catch (RuntimeException e) {
      recorder.panic(resumed, held.entry(), e);
      sink.drop();
    }
  }

  static Stage stage(Resolution resolution) {
    return resolution instanceof Resolution.Reply reply && reply.cached()
        ? Stage.CACHE
        : Stage.FORWARD;
  }

  private int write(
      QueryView query,
      BlockTable.Entry entry,
      Resolution resolution,
      boolean authoritative,
      ByteBuffer out,
      int limit) {
    AnswerOptions options = entry.block().options();
    int at = out.position();
    return switch (resolution) {
      case Resolution.Reply reply ->
          stored.write(
              query,
              reply.reply(),
              authoritative,
              reply.ageSeconds(),
              reply.ttlOverride(),
              reply.stale(),
              out,
              at,
              limit,
              options);
      case Resolution.Failed(int error, String reason) -> {
        recorder.error(query, entry.block(), Rcode.SERVFAIL, reason);
        yield writer.status(query, Rcode.SERVFAIL, error, reason, out, at, limit, options);
      }
      case Resolution.Shed(ShedReason reason, ShedReply reply) -> {
        recorder.shed(entry, reason);
        yield writeShed(query, reply, out, limit, options);
      }
      case Resolution.NotForwarded _ -> {
        String reason = "no forward directive is for this name";
        recorder.error(query, entry.block(), Rcode.SERVFAIL, reason);
        yield writer.status(query, Rcode.SERVFAIL, out, at, limit, options);
      }
    };
  }

  /// Answers a query that was not let wait (RFC 8914 section 4.1: Other, with the reason as text).
  private int writeShed(
      QueryView query, ShedReply reply, ByteBuffer out, int limit, AnswerOptions options) {
    int rcode =
        switch (reply) {
          case SERVFAIL -> Rcode.SERVFAIL;
          case REFUSED -> Rcode.REFUSED;
          case DROP -> DROPPED;
        };
    return rcode == DROPPED
        ? DROPPED
        : writer.status(
            query,
            rcode,
            ExtendedError.OTHER,
            "too many queries wait for an upstream",
            out,
            out.position(),
            limit,
            options);
  }
}
