package io.clusterzone.dns.forward;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.dns.ops.UpstreamCounters;
import io.clusterzone.k8s.thread.SteadyTask;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.ExtendedError;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Forwards the questions of one event loop. Confined to it.
///
/// Equal questions that wait make one upstream question, whatever event loops they came to: a name
/// that many clients ask for at once costs one query, and gives an attacker one chance to guess,
/// not many (RFC 5452 section 5). The loop that asks has claimed the question at the
/// [UpstreamGroup]; another one waits for the asking loop to pass on the result, or to say that it
/// came too late.
public final class LoopUpstreams {
  /// A waiting client, in a place of the [WaitingRoom].
  private record Waiter(int clientHash, Resolution.Listener listener) {}

  /// The waiters for one question: clients of this loop, and loops with clients of theirs.
  private record Waiting(boolean overTcp, List<Waiter> clients, List<LoopUpstreams> loops) {
    private Waiting(boolean overTcp) {
      this(overTcp, new ArrayList<>(1), new ArrayList<>(0));
    }
  }

  private final UpstreamGroup group;
  private final LoopChannels channels;
  private final Randomness random = new Randomness();
  private final Map<Upstream, StreamPool> pools = new HashMap<>();
  private final Map<Question, Waiting> waiting = new HashMap<>();

  public LoopUpstreams(UpstreamGroup group, LoopChannels channels) {
    this.group = group;
    this.channels = channels.from(group.route().connections().source());
    for (Upstream upstream : group.upstreams()) {
      pools.put(upstream, new StreamPool(this.channels, upstream, group.route().connections()));
    }
  }

  /// Asks, or joins others that wait with the same question, if there is a place to wait in.
  ///
  /// @param overTcp whether the client asked over TCP, so that the upstream is asked over it too
  public void ask(Question question, boolean overTcp, Asker asker, Resolution.Listener listener) {
    if (group.upstreams().isEmpty()) {
      String reason = "no upstream: " + String.join(" ", group.route().to()) + " cannot be used";
      listener.ended(new Resolution.Failed(ExtendedError.NETWORK_ERROR, reason));
      return;
    }
    Waiting others = waiting.get(question);
    LoopUpstreams asking = others == null ? group.claim(question, this) : this;
    boolean first = others == null && asking == this;
    int client = asker.clientHash();
    ShedReason refusal = asker.behind() ? ShedReason.BEHIND : group.admit(client, first);
    if (refusal != null) {
      if (first) {
        group.release(question, this);
      }
      listener.ended(new Resolution.Shed(refusal, group.replyTo(refusal)));
      return;
    }
    Waiting all = others == null ? new Waiting(overTcp) : others;
    all.clients().add(new Waiter(client, listener));
    if (others == null) {
      waiting.put(question, all);
      askOrJoin(question, all, asking);
    }
  }

  private void askOrJoin(Question question, Waiting all, LoopUpstreams asking) {
    if (asking == this) {
      new Exchange(this, question, all.overTcp()).start();
    } else {
      asking.execute(() -> asking.joinedBy(this, question));
    }
  }

  /// Another loop has clients with the same question.
  private void joinedBy(LoopUpstreams other, Question question) {
    Waiting all = waiting.get(question);
    if (all == null) {
      other.execute(() -> other.tooLate(question));
    } else {
      all.loops().add(other);
    }
  }

  /// The loop that asked had its answer before it heard of ours.
  private void tooLate(Question question) {
    Waiting all = waiting.get(question);
    if (all == null) {
      return;
    }
    LoopUpstreams asking = group.claim(question, this);
    if (asking == this && !group.enter()) {
      group.release(question, this);
      ShedReason reason = ShedReason.MAX_CONCURRENT;
      tell(question, new Resolution.Shed(reason, group.replyTo(reason)));
    } else {
      askOrJoin(question, all, asking);
    }
  }

  private void execute(Runnable task) {
    channels.loop().execute(task);
  }

  /// The exchange that this loop began has ended.
  void ended(Question question, Resolution result) {
    group.release(question, this);
    group.leave();
    tell(question, result);
  }

  private void tell(Question question, Resolution result) {
    Waiting all = waiting.remove(question);
    if (all == null) {
      return;
    }
    for (LoopUpstreams other : all.loops()) {
      other.execute(() -> other.tell(question, result));
    }
    for (Waiter waiter : all.clients()) {
      group.room().leave(waiter.clientHash());
      waiter.listener().ended(result);
    }
  }

  UpstreamGroup group() {
    return group;
  }

  Randomness random() {
    return random;
  }

  /// A query for the question, with an id that cannot be guessed.
  OutgoingQuery query(Question question, boolean mixedCase, boolean edns) {
    return OutgoingQuery.of(question, random.id(), mixedCase ? random.bits() : 0, edns);
  }

  /// Asks one upstream once over the given transport, and learns whether it takes EDNS.
  void attempt(
      Upstream upstream,
      OutgoingQuery query,
      boolean stream,
      long timeoutMillis,
      Attempt.Listener listener) {
    boolean overStream = stream || upstream.tls() != null;
    Attempt.Listener learning =
        result -> {
          try {
            learn(upstream, query, overStream, result);
          } finally {
            listener.ended(result);
          }
        };
    if (overStream) {
      pool(upstream).ask(query, timeoutMillis, learning);
    } else {
      UpstreamCounters counters = upstream.counters();
      counters.openedConnection(UpstreamCounters.Transport.UDP);
      UdpAttempt.start(channels, upstream.address(), query, timeoutMillis, counters, learning);
    }
  }

  private void learn(Upstream upstream, OutgoingQuery query, boolean stream, Attempt result) {
    EdnsSupport edns = upstream.edns();
    long now = System.nanoTime();
    switch (result) {
      case Attempt.Received answer -> {
        boolean taken = !query.edns() || !UpstreamVisit.isAboutOpt(answer.rcode());
        if (taken && edns.answered(query.edns(), now)) {
          new SteadyTask(
                  "edns-check",
                  channels.loop(),
                  group.route().health().interval(),
                  new EdnsCheck(this, upstream))
              .now();
        }
      }
      case Attempt.OtherSpelling _ -> {}
      // Where UDP is answered, a connection on which nothing comes says nothing about EDNS.
      case Attempt.TimedOut _ -> {
        boolean usesUdp = upstream.tls() == null && !group.startsWithStream(false);
        if (!stream || !usesUdp) {
          edns.silent(query.edns(), now);
        }
      }
      case Attempt.Unreachable _ -> {}
    }
  }

  private StreamPool pool(Upstream upstream) {
    return pools.computeIfAbsent(
        upstream, one -> new StreamPool(channels, one, group.route().connections()));
  }

  /// Probes an upstream that failed, until it answers or the group is closed. One loop does it at a
  /// time.
  void suspect(Upstream upstream) {
    Forward.Health health = group.route().health();
    if (health.maxFails() > 0 && upstream.startProbing()) {
      EventLoop loop = channels.loop();
      new SteadyTask("upstream-probe", loop, health.interval(), task -> probe(upstream, task))
          .later();
    }
  }

  private void probe(Upstream upstream, SteadyTask task) {
    if (group.closed() || !upstream.isSuspect()) {
      upstream.endProbing();
      return;
    }
    boolean edns = upstream.edns().takesOpt(System.nanoTime());
    probe(upstream, edns, result -> task.guard(() -> probed(upstream, result, task)));
  }

  /// Whether answers are no longer wanted.
  boolean closed() {
    return group.closed();
  }

  /// Asks an upstream whether it answers.
  ///
  /// @param edns whether the question has an OPT record
  void probe(Upstream upstream, boolean edns, Attempt.Listener listener) {
    Forward.Health health = group.route().health();
    Question question = new Question(health.domain(), RRType.NS, health.recursion(), false, false);
    attempt(
        upstream,
        query(question, true, edns),
        group.startsWithStream(false),
        group.attemptMillis(),
        listener);
  }

  private void probed(Upstream upstream, Attempt result, SteadyTask task) {
    switch (result) {
      case Attempt.Received _, Attempt.OtherSpelling _ -> {
        upstream.answered();
        upstream.endProbing();
      }
      case Attempt.TimedOut _, Attempt.Unreachable _ -> {
        upstream.counters().probeFailed();
        upstream.failed();
        task.later();
      }
    }
  }
}
