package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.ShedReply;
import io.clusterzone.dns.ops.ShedReason;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One `forward` directive as all event loops share it: the upstreams, and how many questions wait.
/// Each loop asks through a [LoopUpstreams] of its own. Safe on any thread.
public final class UpstreamGroup implements AutoCloseable {
  private final ForwardOptions options;
  private final WaitingRoom room;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ConcurrentMap<Question, LoopUpstreams> asking = new ConcurrentHashMap<>();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder allDown = new LongAdder();
  private volatile boolean closed;

  /// @param room where those wait who ask it
  public UpstreamGroup(ForwardOptions options, WaitingRoom room) {
    this.options = options;
    this.room = room;
  }

  public ForwardOptions options() {
    return options;
  }

  public List<Upstream> upstreams() {
    return options.upstreams();
  }

  /// Nobody asks it any more: its upstreams are not probed from now on.
  @Override
  public void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  AtomicInteger turn() {
    return turn;
  }

  WaitingRoom room() {
    return room;
  }

  /// Lets a loop be the one that asks a question, unless another one does: returns which.
  LoopUpstreams claim(Question question, LoopUpstreams loop) {
    LoopUpstreams other = asking.putIfAbsent(question, loop);
    return other == null ? loop : other;
  }

  /// The loop does not ask the question any more.
  void release(Question question, LoopUpstreams loop) {
    asking.remove(question, loop);
  }

  /// Takes a place for a client in the room, and for a new question one among those that wait for
  /// an upstream; or says what stands against it. They are given back with [#leave] and
  /// [WaitingRoom#leave].
  @Nullable ShedReason admit(int clientHash, boolean newQuestion) {
    if (!newQuestion) {
      return room.enter(clientHash, Integer.MAX_VALUE);
    }
    if (!enter()) {
      return ShedReason.MAX_CONCURRENT;
    }
    ShedReason refusal =
        room.enter(clientHash, Math.max(0, options.maxConcurrent() - waiting.get()));
    if (refusal != null) {
      leave();
    }
    return refusal;
  }

  /// Takes a place for one more question that waits for an upstream.
  boolean enter() {
    if (waiting.incrementAndGet() <= options.maxConcurrent()) {
      return true;
    }
    leave();
    rejected.increment();
    return false;
  }

  /// What those get who are not admitted: past `max_concurrent` always REFUSED, as CoreDNS does.
  ShedReply replyTo(ShedReason reason) {
    return reason == ShedReason.MAX_CONCURRENT ? ShedReply.REFUSED : room.reply();
  }

  /// A question does not wait any more.
  void leave() {
    waiting.decrementAndGet();
  }

  /// Questions that wait for an upstream now.
  public int waiting() {
    return waiting.get();
  }

  /// Questions refused because too many waited.
  public long rejected() {
    return rejected.sum();
  }

  /// Upstreams that are out because they lead back here.
  public long looping() {
    return upstreams().stream().filter(Upstream::loops).count();
  }

  /// Upstreams that are asked without EDNS now.
  public long withoutEdns() {
    long now = System.nanoTime();
    return upstreams().stream().filter(upstream -> !upstream.edns().takesOpt(now)).count();
  }

  void foundAllDown() {
    allDown.increment();
  }

  /// How often every upstream was down when a question came.
  public long allDown() {
    return allDown.sum();
  }
}
