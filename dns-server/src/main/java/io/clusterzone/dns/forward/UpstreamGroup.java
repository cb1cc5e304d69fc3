package io.clusterzone.dns.forward;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.TtlCaps;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Rcode;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One line of the directive `forward` as all event loops share it: the upstreams, and how many
/// questions wait. Each loop asks through a [LoopUpstreams] of its own. Safe on any thread.
public final class UpstreamGroup implements AutoCloseable {
  private final Forward.Route route;
  private final List<Upstream> upstreams;
  private final TtlCaps ttlCaps;
  private final WaitingRoom room;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ConcurrentMap<Question, LoopUpstreams> asking = new ConcurrentHashMap<>();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder allDown = new LongAdder();
  private volatile boolean closed;

  /// @param upstreams the servers of the line
  /// @param ttlCaps of what they say
  /// @param room the places for its waiting clients
  public UpstreamGroup(
      Forward.Route route, List<Upstream> upstreams, TtlCaps ttlCaps, WaitingRoom room) {
    this.route = route;
    this.upstreams = List.copyOf(upstreams);
    this.ttlCaps = ttlCaps;
    this.room = room;
  }

  /// Its settings in the Corefile.
  public Forward.Route route() {
    return route;
  }

  public List<Upstream> upstreams() {
    return upstreams;
  }

  public TtlCaps ttlCaps() {
    return ttlCaps;
  }

  /// Whether it is for every name.
  boolean isForAll() {
    return route.from().contains(Name.ROOT) && route.except().isEmpty();
  }

  boolean isFor(Name name) {
    return route.from().stream().anyMatch(name::isAtOrBelow)
        && route.except().stream().noneMatch(name::isAtOrBelow);
  }

  /// Whether the next group is asked after this reply.
  boolean handsOn(StoredReply reply) {
    boolean nodata = reply.rcode() == Rcode.NOERROR && reply.isNegative() && !reply.truncated();
    return route.next().contains(reply.rcode()) || (nodata && route.nextOnNodata());
  }

  /// Whether an upstream without TLS is asked over TCP at once.
  boolean startsWithStream(boolean clientUsedTcp) {
    return switch (route.transport()) {
      case AS_CLIENT -> clientUsedTcp;
      case UDP_FIRST -> false;
      case TCP -> true;
    };
  }

  /// The upstream to ask first; the others follow in their order, going round.
  int first(Randomness random) {
    return switch (route.policy()) {
      case RANDOM -> random.below(upstreams.size());
      case ROUND_ROBIN -> Math.floorMod(turn.getAndIncrement(), upstreams.size());
      case SEQUENTIAL -> 0;
    };
  }

  /// The number of upstreams asked for one question.
  int attempts() {
    int most = route.health().maxAttempts();
    return most > 0 ? most : 2 * upstreams.size();
  }

  long attemptMillis() {
    return route.connections().readTimeout().toMillis();
  }

  /// Ends it: its upstreams are not probed from now on.
  @Override
  public void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
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
  /// an upstream; or returns the reason against it. They are given back with [#leave] and
  /// [WaitingRoom#leave].
  @Nullable ShedReason admit(int clientHash, boolean newQuestion) {
    if (!newQuestion) {
      return room.enter(clientHash, Integer.MAX_VALUE);
    }
    if (!enter()) {
      return ShedReason.MAX_CONCURRENT;
    }
    ShedReason refusal = room.enter(clientHash, Math.max(0, route.maxConcurrent() - waiting.get()));
    if (refusal != null) {
      leave();
    }
    return refusal;
  }

  /// Takes a place for one more question that waits for an upstream.
  boolean enter() {
    if (waiting.incrementAndGet() <= route.maxConcurrent()) {
      return true;
    }
    leave();
    rejected.increment();
    return false;
  }

  /// The reply to a query that is not admitted: REFUSED past `max_concurrent`, as CoreDNS does.
  Shed.Reply replyTo(ShedReason reason) {
    return reason == ShedReason.MAX_CONCURRENT ? Shed.Reply.REFUSED : room.reply();
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

  /// The number of questions that came while every upstream was down.
  public long allDown() {
    return allDown.sum();
  }
}
