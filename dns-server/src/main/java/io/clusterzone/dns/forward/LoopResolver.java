package io.clusterzone.dns.forward;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.forward.cache.CachedReply;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QuestionView;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The cache and the upstreams of one server block on one event loop. Confined to it.
public final class LoopResolver {
  private final @Nullable ResponseCache cache;
  private final List<LoopUpstreams> groups;
  private final LoopChannels channels;

  /// @param groups in the order in which they are asked
  public LoopResolver(
      @Nullable ResponseCache cache, List<LoopUpstreams> groups, LoopChannels channels) {
    this.cache = cache;
    this.groups = List.copyOf(groups);
    this.channels = channels;
  }

  /// Whether any group of upstreams is for the name of the question.
  public boolean isFor(QuestionView question) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).group().isForAll()) {
        return true;
      }
    }
    Name name = question.spelledName();
    return groups.stream().anyMatch(one -> one.group().isFor(name));
  }

  /// Answers from what is remembered, or from an upstream.
  public void resolve(
      Question question, boolean overTcp, Asker asker, Resolution.Listener listener) {
    ResponseCache remembered = cache;
    if (remembered == null || !remembered.covers(question)) {
      forward(question, overTcp, 0, asker, listener);
      return;
    }
    long now = remembered.now();
    CachedReply cached = remembered.find(question, now);
    if (cached != null && cached.isFresh(now)) {
      remembered.countHit(cached);
      prefetch(remembered, question, asker, cached, now);
      listener.ended(fresh(remembered, cached, now));
      return;
    }
    if (cached != null) {
      remembered.countMiss();
      resolveStale(remembered, question, overTcp, asker, cached, listener);
      return;
    }
    Resolution failure = remembered.failure(question, now);
    if (failure != null) {
      remembered.countFailure();
      listener.ended(failure);
      return;
    }
    remembered.countMiss();
    ask(remembered, question, overTcp, asker, listener);
  }

  private static Resolution fresh(ResponseCache cache, CachedReply cached, long now) {
    int age = cache.options().keepTtl() ? 0 : cached.ageSeconds(now);
    return new Resolution.Reply(cached.reply(), age, Resolution.Reply.COUNT_DOWN, false, true);
  }

  private void prefetch(
      ResponseCache cache, Question question, Asker asker, CachedReply cached, long now) {
    Cache.Prefetch prefetch = cache.options().prefetch();
    if (!prefetch.isOff() && cached.hit(prefetch, now)) {
      cache.countPrefetch();
      refresh(cache, question, asker, cached);
    }
  }

  /// Asks in the background; whatever comes of it, the next one may ask again.
  private void refresh(ResponseCache cache, Question question, Asker asker, CachedReply cached) {
    ask(cache, question, false, asker, _ -> cached.endRefreshing());
  }

  private void ask(
      ResponseCache cache,
      Question question,
      boolean overTcp,
      Asker asker,
      Resolution.Listener listener) {
    forward(
        question,
        overTcp,
        0,
        asker,
        resolution -> {
          cache.put(question, resolution, cache.now());
          listener.ended(resolution);
        });
  }

  private void resolveStale(
      ResponseCache cache,
      Question question,
      boolean overTcp,
      Asker asker,
      CachedReply cached,
      Resolution.Listener listener) {
    Cache.Stale stale = cache.options().stale();
    boolean vain = cache.failedLately(question, cache.now());
    if (stale.verify() && !vain && !cached.isOverdue()) {
      var verifying = new Verification(cache, cached, listener);
      if (!stale.verifyTimeout().isZero()) {
        verifying.answerAfter(channels, stale.verifyTimeout().toNanos());
      }
      ask(cache, question, overTcp, asker, verifying);
      return;
    }
    if (!stale.verify() && !vain && cached.startRefreshing()) {
      refresh(cache, question, asker, cached);
    }
    listener.ended(expired(cache, cached));
  }

  private static Resolution expired(ResponseCache cache, CachedReply cached) {
    cache.countStale();
    int ttl = cache.options().stale().ttlSeconds();
    return new Resolution.Reply(cached.reply(), 0, ttl, true, true);
  }

  /// Waits for the upstream's reply, and falls back on the expired one, once.
  private static final class Verification implements Resolution.Listener {
    private final ResponseCache cache;
    private final CachedReply cached;
    private final Resolution.Listener listener;
    private @Nullable Future<?> timeout;
    private boolean ended;

    Verification(ResponseCache cache, CachedReply cached, Resolution.Listener listener) {
      this.cache = cache;
      this.cached = cached;
      this.listener = listener;
    }

    void answerAfter(LoopChannels channels, long nanos) {
      timeout = channels.loop().schedule(this::waitNoLonger, nanos, TimeUnit.NANOSECONDS);
    }

    private void waitNoLonger() {
      cached.setOverdue(true);
      end(expired(cache, cached));
    }

    @Override
    public void ended(Resolution resolution) {
      cached.setOverdue(false);
      if (ended) {
        return;
      }
      boolean usable =
          resolution instanceof Resolution.Reply fromUpstream
              && cache.isBetterThanExpired(fromUpstream.reply(), cached);
      end(usable ? resolution : expired(cache, cached));
    }

    private void end(Resolution resolution) {
      if (ended) {
        return;
      }
      ended = true;
      if (timeout != null) {
        timeout.cancel(false);
      }
      listener.ended(resolution);
    }
  }

  /// Asks the first group from `start` on that is for the name.
  private void forward(
      Question question, boolean overTcp, int start, Asker asker, Resolution.Listener listener) {
    for (int i = start; i < groups.size(); i++) {
      LoopUpstreams one = groups.get(i);
      if (one.group().isFor(question.name())) {
        int next = i + 1;
        one.ask(
            question,
            overTcp,
            asker,
            result -> forwarded(question, overTcp, asker, one.group(), next, result, listener));
        return;
      }
    }
    listener.ended(new Resolution.NotForwarded());
  }

  private void forwarded(
      Question question,
      boolean overTcp,
      Asker asker,
      UpstreamGroup asked,
      int next,
      Resolution result,
      Resolution.Listener listener) {
    if (result instanceof Resolution.Reply answer && asked.handsOn(answer.reply())) {
      forward(
          question,
          overTcp,
          next,
          asker,
          later -> listener.ended(later instanceof Resolution.NotForwarded ? answer : later));
    } else {
      listener.ended(result);
    }
  }
}
