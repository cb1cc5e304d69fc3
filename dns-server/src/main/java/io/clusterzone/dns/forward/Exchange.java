package io.clusterzone.dns.forward;

import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One question on its way through the upstreams of a block, until one answers or the time is over.
/// Confined to its event loop.
///
/// ```
///   next upstream that is up -> ask -> answer? cut short? over TCP again. Failure? the next one.
/// ```
final class Exchange {
  private static final int RCODE_BITS = 0x0f;

  /// TC in the first octet of the flags.
  private static final int TC_OCTET = Header.TC >> Byte.SIZE;

  private final LoopForwarder forwarder;
  private final ForwardOptions options;
  private final Question question;
  private final boolean overTcp;
  private final long startNanos;
  private final int first;
  private long askedNanos;
  private int attempts;
  private String lastFailure = "";
  private @Nullable ForwardResult lastAnswer;

  Exchange(LoopForwarder forwarder, Question question, boolean overTcp) {
    this.forwarder = forwarder;
    this.options = forwarder.forwarder().options();
    this.question = question;
    this.overTcp = overTcp;
    startNanos = System.nanoTime();
    first =
        options
            .policy()
            .first(options.upstreams().size(), forwarder.random(), forwarder.forwarder().turn());
  }

  void start() {
    tryNext();
  }

  private void tryNext() {
    if (attempts >= options.attempts() || remainingMillis() <= 0) {
      giveUp();
      return;
    }
    Upstream upstream = nextUpstream();
    if (upstream == null) {
      end(noneLeft());
      return;
    }
    ask(upstream, options.transport().startsWithStream(overTcp), upstream.keepsCase());
  }

  private ForwardResult noneLeft() {
    List<Upstream> looping = options.upstreams().stream().filter(Upstream::loops).toList();
    return looping.isEmpty()
        ? new ForwardResult.Failed(
            ExtendedError.NO_REACHABLE_AUTHORITY, "all upstreams are down" + lastFailure)
        : new ForwardResult.Failed(
            ExtendedError.NETWORK_ERROR, "upstream " + looping.getFirst() + " leads back here");
  }

  /// The next upstream that is up. With all of them down, one at random: it may have come back, and
  /// there is nothing to lose.
  private @Nullable Upstream nextUpstream() {
    int count = options.upstreams().size();
    for (int i = 0; i < count; i++) {
      Upstream upstream = options.upstreams().get((first + attempts++) % count);
      if (!upstream.isDown(options.maxFails())) {
        return upstream;
      }
    }
    forwarder.forwarder().foundAllDown();
    if (options.failFast()) {
      return null;
    }
    Upstream upstream = options.upstreams().get(forwarder.random().below(count));
    return upstream.loops() ? null : upstream;
  }

  private void ask(Upstream upstream, boolean stream, boolean mixedCase) {
    long spelling = mixedCase ? forwarder.random().bits() : 0;
    OutgoingQuery query = OutgoingQuery.of(question, forwarder.random().id(), spelling, true);
    long timeout = Math.max(1, Math.min(options.times().attempt().toMillis(), remainingMillis()));
    askedNanos = System.nanoTime();
    forwarder.attempt(
        upstream, query, stream, timeout, result -> attempted(upstream, stream, query, result));
  }

  private void attempted(Upstream upstream, boolean stream, OutgoingQuery query, Attempt result) {
    switch (result) {
      case Attempt.Received answer -> received(upstream, stream, query, answer.message());
      // Nobody but the upstream itself answers over TCP: ask there, and learn how it spells.
      case Attempt.OtherSpelling _ -> ask(upstream, true, true);
      case Attempt.TimedOut _ -> failed(upstream, "did not answer in time");
      case Attempt.Unreachable(String reason) -> failed(upstream, reason);
    }
  }

  private void received(Upstream upstream, boolean stream, OutgoingQuery query, byte[] message) {
    upstream.answered();
    int rcode = message[Header.FLAGS + 1] & RCODE_BITS;
    upstream.counters().replied(rcode, System.nanoTime() - askedNanos);
    if (stream && query.match(message) == OutgoingQuery.Match.OTHER_SPELLING) {
      upstream.losesCase();
    }
    if (!stream && (message[Header.FLAGS] & TC_OCTET) != 0) {
      ask(upstream, true, upstream.keepsCase());
      return;
    }
    switch (ReplyCleaner.clean(question, message, options.ttlCaps())) {
      case CleanedReply.Usable(StoredReply reply) -> answered(upstream, reply);
      case CleanedReply.Unreadable _ -> failed(upstream, "sent a message that does not parse");
      // What the zone's owner has done is no failure of the upstream.
      case CleanedReply.Endless(Name at) ->
          end(
              new ForwardResult.Failed(
                  ExtendedError.NO_REACHABLE_AUTHORITY,
                  at + ": a loop of aliases, or more than " + AliasChain.MAX_ALIASES));
    }
  }

  private void answered(Upstream upstream, StoredReply reply) {
    var answer = new ForwardResult.Answered(reply, upstream);
    if (options.failover().contains(reply.rcode())) {
      lastAnswer = answer;
      tryNext();
    } else {
      end(answer);
    }
  }

  private void failed(Upstream upstream, String reason) {
    upstream.failed();
    forwarder.suspect(upstream);
    lastFailure = "; " + upstream + " " + reason;
    tryNext();
  }

  private void giveUp() {
    end(
        lastAnswer != null
            ? lastAnswer
            : new ForwardResult.Failed(
                ExtendedError.NETWORK_ERROR, "no upstream answered" + lastFailure));
  }

  private long remainingMillis() {
    long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    return options.times().total().toMillis() - spent;
  }

  private void end(ForwardResult result) {
    forwarder.ended(question, result);
  }
}
