package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.reply.AliasChain;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One question on its way through a block's upstreams, until an answer or the deadline. Confined
/// to its event loop.
///
/// ```
///   next upstream that is up -> visit it -> answer? the end. Failure? the next one.
/// ```
final class Exchange {
  private final LoopUpstreams upstreams;
  private final UpstreamGroup group;
  private final Question question;
  private final boolean overTcp;
  private final long startNanos;
  private final int first;
  private int attempts;
  private String lastFailure = "";
  private @Nullable Resolution lastAnswer;

  Exchange(LoopUpstreams upstreams, Question question, boolean overTcp) {
    this.upstreams = upstreams;
    this.group = upstreams.group();
    this.question = question;
    this.overTcp = overTcp;
    startNanos = System.nanoTime();
    first = group.first(upstreams.random());
  }

  void start() {
    tryNext();
  }

  private void tryNext() {
    if (attempts >= group.attempts() || remainingMillis() <= 0) {
      giveUp();
      return;
    }
    Upstream upstream = nextUpstream();
    if (upstream == null) {
      end(noneLeft());
      return;
    }
    new UpstreamVisit(
            upstreams, upstream, question, this::attemptMillis, end -> visited(upstream, end))
        .start(group.startsWithStream(overTcp));
  }

  private Resolution noneLeft() {
    List<Upstream> looping = group.upstreams().stream().filter(Upstream::loops).toList();
    return looping.isEmpty()
        ? new Resolution.Failed(
            ExtendedError.NO_REACHABLE_AUTHORITY, "all upstreams are down" + lastFailure)
        : new Resolution.Failed(
            ExtendedError.NETWORK_ERROR, "upstream " + looping.getFirst() + " leads back here");
  }

  /// The next upstream that is up. With all of them down, one at random: it may have come back, and
  /// there is nothing to lose.
  private @Nullable Upstream nextUpstream() {
    int count = group.upstreams().size();
    for (int i = 0; i < count; i++) {
      Upstream upstream = group.upstreams().get((first + attempts++) % count);
      if (!upstream.isDown(group.route().health().maxFails())) {
        return upstream;
      }
    }
    group.foundAllDown();
    if (group.route().health().failFast()) {
      return null;
    }
    Upstream upstream = group.upstreams().get(upstreams.random().below(count));
    return upstream.loops() ? null : upstream;
  }

  private void visited(Upstream upstream, UpstreamVisit.Outcome outcome) {
    switch (outcome) {
      case UpstreamVisit.Outcome.Answered(StoredReply reply) -> answered(reply);
      case UpstreamVisit.Outcome.Failed(String reason) -> failed(upstream, reason);
      // A fault of the zone's owner is no failure of the upstream.
      case UpstreamVisit.Outcome.Endless(Name at) ->
          end(
              new Resolution.Failed(
                  ExtendedError.NO_REACHABLE_AUTHORITY,
                  at + ": a loop of aliases, or more than " + AliasChain.MAX_ALIASES));
    }
  }

  private void answered(StoredReply reply) {
    var answer = Resolution.Reply.fresh(reply);
    if (group.route().failover().contains(reply.rcode())) {
      lastAnswer = answer;
      tryNext();
    } else {
      end(answer);
    }
  }

  private void failed(Upstream upstream, String reason) {
    upstream.failed();
    upstreams.suspect(upstream);
    lastFailure = "; " + upstream + " " + reason;
    tryNext();
  }

  private void giveUp() {
    end(
        lastAnswer != null
            ? lastAnswer
            : new Resolution.Failed(
                ExtendedError.NETWORK_ERROR, "no upstream answered" + lastFailure));
  }

  private long attemptMillis() {
    return Math.max(1, Math.min(group.attemptMillis(), remainingMillis()));
  }

  private long remainingMillis() {
    long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    return group.route().connections().timeout().toMillis() - spent;
  }

  private void end(Resolution result) {
    upstreams.ended(question, result);
  }
}
