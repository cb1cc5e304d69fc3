package io.clusterzone.dns.forward;

import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.dns.ops.UpstreamCounters;
import io.clusterzone.zones.record.RRType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Forwards the questions of one event loop. Confined to it.
///
/// Equal questions that wait make one upstream question: a name that many clients ask for at once
/// costs one query, and gives an attacker one chance to guess, not many (RFC 5452 section 5).
public final class LoopForwarder {
  /// One who waits for a question, in a place of the [WaitingRoom].
  private record Waiter(int clientHash, ForwardResult.Listener listener) {}

  private final Forwarder forwarder;
  private final LoopChannels channels;
  private final Randomness random = new Randomness();
  private final Map<Upstream, StreamPool> pools = new HashMap<>();
  private final Map<Question, List<Waiter>> waiting = new HashMap<>();

  public LoopForwarder(Forwarder forwarder, LoopChannels channels) {
    this.forwarder = forwarder;
    this.channels = channels;
    for (Upstream upstream : forwarder.upstreams()) {
      pools.put(upstream, new StreamPool(channels, upstream, forwarder.options().times()));
    }
  }

  /// Asks, or joins those who asked the same and wait, if there is a place to wait in.
  ///
  /// @param overTcp whether the client asked over TCP, so that the upstream is asked over it too
  public void ask(
      Question question, boolean overTcp, Asker asker, ForwardResult.Listener listener) {
    List<Waiter> others = waiting.get(question);
    int client = asker.clientHash();
    ShedReason refusal =
        asker.behind() ? ShedReason.BEHIND : forwarder.admit(client, others == null);
    if (refusal != null) {
      listener.ended(new ForwardResult.Shed(refusal, forwarder.replyTo(refusal)));
      return;
    }
    var waiter = new Waiter(client, listener);
    if (others != null) {
      others.add(waiter);
      return;
    }
    var waiters = new ArrayList<Waiter>(1);
    waiters.add(waiter);
    waiting.put(question, waiters);
    new Exchange(this, question, overTcp).start();
  }

  void ended(Question question, ForwardResult result) {
    List<Waiter> waiters = waiting.remove(question);
    forwarder.leave();
    if (waiters != null) {
      for (Waiter waiter : waiters) {
        forwarder.room().leave(waiter.clientHash());
        waiter.listener().ended(result);
      }
    }
  }

  Forwarder forwarder() {
    return forwarder;
  }

  Randomness random() {
    return random;
  }

  /// Asks one upstream once over the given transport.
  void attempt(
      Upstream upstream,
      OutgoingQuery query,
      boolean stream,
      long timeoutMillis,
      Attempt.Listener listener) {
    if (stream || upstream.tls() != null) {
      pool(upstream).ask(query, timeoutMillis, listener);
    } else {
      UpstreamCounters counters = upstream.counters();
      counters.openedConnection(UpstreamCounters.Transport.UDP);
      UdpAttempt.start(channels, upstream.address(), query, timeoutMillis, counters, listener);
    }
  }

  private StreamPool pool(Upstream upstream) {
    return pools.computeIfAbsent(
        upstream, one -> new StreamPool(channels, one, forwarder.options().times()));
  }

  /// Probes an upstream that failed, until it answers or the forwarder is closed. One loop does it
  /// at a time.
  void suspect(Upstream upstream) {
    if (forwarder.options().maxFails() > 0 && upstream.startProbing()) {
      probeLater(upstream);
    }
  }

  private void probeLater(Upstream upstream) {
    long interval = forwarder.options().probeInterval().toNanos();
    var _ = channels.loop().schedule(() -> probe(upstream), interval, TimeUnit.NANOSECONDS);
  }

  private void probe(Upstream upstream) {
    if (forwarder.closed() || !upstream.isSuspect()) {
      upstream.endProbing();
      return;
    }
    ForwardOptions options = forwarder.options();
    Question question =
        new Question(options.probeName(), RRType.NS, options.probeRecursion(), false, false);
    OutgoingQuery query = OutgoingQuery.of(question, random.id(), random.bits(), true);
    attempt(
        upstream,
        query,
        options.transport().startsWithStream(false),
        options.times().attempt().toMillis(),
        result -> probed(upstream, result));
  }

  private void probed(Upstream upstream, Attempt result) {
    switch (result) {
      case Attempt.Received _, Attempt.OtherSpelling _ -> {
        upstream.answered();
        upstream.endProbing();
      }
      case Attempt.TimedOut _, Attempt.Unreachable _ -> {
        upstream.counters().probeFailed();
        upstream.failed();
        probeLater(upstream);
      }
    }
  }

  public void close() {
    pools.values().forEach(StreamPool::close);
  }
}
