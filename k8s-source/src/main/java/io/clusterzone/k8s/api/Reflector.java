package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.EventStream.Next;
import io.clusterzone.k8s.api.KindFeed.Part;
import io.clusterzone.k8s.api.connect.Backoff;
import io.clusterzone.k8s.api.connect.Timing;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.api.decode.Decoder.Content;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Learns the objects of one resource, and then their changes, for ever; one thread runs it.
///
/// ```
///        +-> learn: WatchList, or pages of a list -+-> watch from there -+
///        |     (410, versions going back, drift)   |   (ended, silent,   |
///        +-----------------------------------------+<--- broken) --------+
/// ```
///
/// A new list is compared with the known objects while it arrives; those that are gone go when the
/// list is complete. Nothing is buffered: the next piece of a body is read when the events of the
/// last have been taken.
final class Reflector implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);

  /// A watch that ends sooner counts as a failure, if it had no event or is not the first in a row.
  private static final long HASTY_NANOS = Duration.ofSeconds(1).toNanos();

  /// The first list after this time without one need not wait as long as the failures before it.
  private static final long RELIST_NANOS = Duration.ofMinutes(1).toNanos();

  private final Resource resource;
  private final Transport transport;
  private final KindFeed feed;
  private final Part part;
  private final Timing timing;
  private final RandomGenerator random;
  private final Patience patience;
  private final Backoff backoff;
  private final DriftCheck check;
  private final StoreCheck store;
  private final Refusals refusals;

  /// Up to where all is known; empty if a list is needed, for this reason.
  private String version = "";

  private RelistReason reason = RelistReason.START;

  private long learntNanos;

  /// A watch failed or fell silent: the server that answers now may have another store.
  private boolean storeInDoubt;

  /// The last watch had events and ended at once all the same.
  private boolean hasty;

  /// The server refused WatchList: an older one.
  private boolean watchListUnknown;

  /// WatchList did not come to an end: a list is tried next.
  private boolean listNext;

  Reflector(
      Resource resource,
      Transport transport,
      KindFeed feed,
      Timing timing,
      RandomGenerator random,
      Patience patience) {
    this.resource = resource;
    this.transport = transport;
    this.feed = feed;
    this.part = feed.newPart();
    feed.status().isLearntBy(resource);
    this.timing = timing;
    this.random = random;
    this.patience = patience;
    this.backoff = new Backoff(timing, random, patience.longestPause());
    this.check = new DriftCheck(resource, transport, feed, part, timing, patience);
    this.refusals = new Refusals(timing);
    this.store = new StoreCheck(resource, transport, feed.status(), patience);
  }

  /// Returns only when the thread is interrupted.
  @Override
  public void run() {
    try {
      while (true) {
        attempt();
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: stopped", resource);
    }
  }

  private void attempt() throws InterruptedException {
    try {
      if (version.isEmpty()) {
        learn();
      } else {
        goOn();
      }
    } catch (IOException e) {
      failed(e);
    } catch (RuntimeException | Error e) {
      LOG.error("{}: a fault in the program; starting over", resource, e);
      relistFor(RelistReason.FAULT);
      failed(new IOException(e));
    }
  }

  private void learn() throws IOException, InterruptedException {
    feed.beginRound(part);
    if (watchListAsked()) {
      watch(true);
    } else {
      list();
    }
  }

  private void goOn() throws IOException, InterruptedException {
    if (storeInDoubt) {
      store.confirm(version);
      storeInDoubt = false;
    }
    watch(false);
  }

  private void list() throws IOException, InterruptedException {
    ApiEvent.PageEnd last = patientPage("");
    while (!last.next().isEmpty()) {
      last = patientPage(last.next());
    }
    String upTo = last.resourceVersion();
    feed.change(() -> {
      learnt(upTo);
      return null;
    });
    listNext = false;
  }

  /// Asks for a page again where the server says when to: to begin with the first page would be
  /// more of what it has too much of, and with as many pages as a large cluster has it might never
  /// end.
  private ApiEvent.PageEnd patientPage(String next) throws IOException, InterruptedException {
    while (true) {
      try {
        return page(next);
      } catch (ApiFailure refusal) {
        if (refusal.retryAfter().isZero()) {
          throw refusal;
        }
        pauseAfter(refusal, refusal.retryAfter());
      }
    }
  }

  private ApiEvent.PageEnd page(String next) throws IOException, InterruptedException {
    ApiEvent.@Nullable PageEnd end = null;
    try (var stream = open(resource.list(next), Content.LIST)) {
      Next got;
      do {
        got = stream.next(patience.listSilence().toNanos());
        if (got == Next.SILENCE) {
          throw StalledException.afterNanos(patience.listSilence().toNanos());
        }
        apply(stream);
        if (!stream.events().isEmpty()
            && stream.events().getLast() instanceof ApiEvent.PageEnd last) {
          end = last;
        }
      } while (got != Next.END);
    }
    if (end == null) {
      throw new IOException("an empty body instead of a list");
    }
    return end;
  }

  private EventStream open(Transport.Request request, Content content)
      throws IOException, InterruptedException {
    return EventStream.open(transport, request, resource, content, feed.status()::received);
  }

  /// Watches until the server ends it. `learning`: all there is comes first.
  private void watch(boolean learning) throws IOException, InterruptedException {
    long seconds =
        random.nextLong(
            patience.shortestWatch().toSeconds(), patience.longestWatch().toSeconds() + 1);
    var request = learning ? resource.watchList(seconds) : resource.watch(version, seconds);
    feed.status().watchBegun();
    long begun = timing.nanoTime();
    long heard = begun;
    boolean eventful = false;
    try (var stream = open(request, Content.WATCH)) {
      working();
      check.watchBegun();
      while (true) {
        var silence = version.isEmpty() ? patience.listSilence() : patience.watchSilence();
        long left = Math.max(0, heard + silence.toNanos() - timing.nanoTime());
        Next got = stream.next(Math.min(left, untilDue()));
        if (got == Next.END) {
          break;
        }
        if (got == Next.SILENCE && left == 0) {
          fellSilent(silence);
          return;
        }
        eventful |= !stream.events().isEmpty();
        apply(stream);
        checkForDrift();
        if (got == Next.DATA) {
          heard = timing.nanoTime();
        }
      }
    }
    if (version.isEmpty()) {
      throw new StalledException("the watch ended before all had been sent");
    }
    boolean atOnce = timing.nanoTime() - begun < HASTY_NANOS;
    boolean again = hasty;
    hasty = atOnce;
    if (atOnce && (again || !eventful)) {
      throw new IOException("the watch ended at once");
    }
  }

  /// A server has nothing to say of a kind that does not change: a bookmark names a later version
  /// only. So a watch that has begun well is begun anew without ado; a connection that is open on
  /// one side only shows then.
  private void fellSilent(Duration silence) throws StalledException {
    if (version.isEmpty()) {
      throw StalledException.afterNanos(silence.toNanos());
    }
    LOG.debug("{}: nothing heard for {}, watching anew", resource, silence);
    storeInDoubt = true;
  }

  private long untilDue() throws InterruptedException {
    return version.isEmpty() ? feed.untilDue() : Math.min(feed.untilDue(), check.untilDue());
  }

  private void checkForDrift() throws RelistException, InterruptedException {
    if (!version.isEmpty() && check.untilDue() == 0) {
      check.step();
    }
  }

  /// Takes the events that have arrived, in order, up to the first that ends it.
  private void apply(EventStream stream) throws IOException, InterruptedException {
    List<ApiEvent> events = stream.events();
    feed.change(() -> {
      if (!events.isEmpty()) {
        feed.arrived(stream.arrivedNanos());
      }
      @Nullable IOException problem = null;
      for (int i = 0; i < events.size() && problem == null; i++) {
        problem = apply(events.get(i));
      }
      return problem;
    });
  }

  /// Null, or why it cannot go on.
  private @Nullable IOException apply(ApiEvent event) {
    switch (event) {
      case ApiEvent.Present present -> {
        feed.put(part, present);
        check.heard(present.version().key());
        return reached(present.version().resourceVersion());
      }
      case ApiEvent.Gone gone -> {
        feed.remove(part, gone.version().key());
        check.heard(gone.version().key());
        return reached(gone.version().resourceVersion());
      }
      case ApiEvent.Bookmark bookmark -> {
        return bookmark(bookmark);
      }
      case ApiEvent.Failed failed -> {
        return new ApiFailure(failed);
      }
      case ApiEvent.Foreign foreign -> {
        return new IOException(foreign.problem());
      }
      case ApiEvent.Unusable(var what) -> {
        feed.status().isUnusable();
        LOG.warn("{}: passed over {}", resource, what);
      }
      case ApiEvent.PageEnd _, ApiEvent.Listed _ -> {}
    }
    return null;
  }

  private @Nullable IOException bookmark(ApiEvent.Bookmark bookmark) {
    if (version.isEmpty()) {
      if (bookmark.initialEventsEnd()) {
        learnt(bookmark.resourceVersion());
      }
      return null;
    }
    feed.status().proven(resource, timing.now());
    return advance(bookmark.resourceVersion());
  }

  /// A change; the objects of a list come in any order.
  private @Nullable IOException reached(String next) {
    if (version.isEmpty()) {
      return null;
    }
    feed.status().changed(resource, timing.now());
    return advance(next);
  }

  private @Nullable IOException advance(String next) {
    if (ResourceVersion.goesBackwards(version, next)) {
      return RelistException.backwards(version, next);
    }
    if (!next.isEmpty()) {
      version = next;
    }
    refusals.end();
    return null;
  }

  /// All there is has been seen, up to this version.
  private void learnt(String upTo) {
    version = upTo.isEmpty() ? "0" : upTo;
    learntNanos = timing.nanoTime();
    storeInDoubt = false;
    refusals.end();
    feed.endRound(part);
    feed.status().relisted(reason);
    feed.status().proven(resource, timing.now());
    check.restart();
    working();
  }

  private void working() {
    if (!version.isEmpty()) {
      backoff.works();
    }
    if (feed.status().solved(resource)) {
      LOG.info("{}: works again", resource);
    }
  }

  private void relistFor(RelistReason why) {
    version = "";
    reason = why;
  }

  /// Handles an outdated watch. The server answers again: the pauses that grew while it was away
  /// count no longer, unless lists follow each other.
  private void outdated(RelistReason why) {
    if (!version.isEmpty() && timing.nanoTime() - learntNanos > RELIST_NANOS) {
      backoff.restart();
    }
    relistFor(why);
  }

  private void failed(IOException failure) throws InterruptedException {
    if (failure instanceof ApiFailure refusal && refusal.isUnsupported() && watchListAsked()) {
      watchListUnknown = true;
      return;
    }
    storeInDoubt = true;
    var retryAfter = Duration.ZERO;
    switch (failure) {
      case RelistException relist -> outdated(relist.reason());
      case ApiFailure refusal when refusal.isExpired() -> outdated(RelistReason.EXPIRED);
      case ApiFailure refusal -> {
        retryAfter = refusal.retryAfter();
        if (!version.isEmpty() && refusals.areTooMany(refusal)) {
          outdated(RelistReason.REFUSED);
        }
      }
      case StalledException _ -> listNext = watchListAsked();
      default -> {}
    }
    pauseAfter(failure, retryAfter);
  }

  private void pauseAfter(IOException failure, Duration atLeast) throws InterruptedException {
    String problem =
        failure instanceof ApiFailure refusal
            ? refusal.explained()
            : String.valueOf(failure.getMessage());
    if (feed.status().problem(resource, problem)) {
      LOG.warn("{}: {}", resource, problem);
    }
    pause(backoff.afterFailure(atLeast));
  }

  /// Held-back events go out in time, however long the server is away.
  private void pause(long nanos) throws InterruptedException {
    long left = nanos;
    while (left > 0) {
      long step = Math.min(left, feed.untilDue());
      timing.sleep(step);
      left -= step;
      if (feed.untilDue() == 0) {
        feed.flush();
      }
    }
  }

  private boolean watchListAsked() {
    return version.isEmpty() && !watchListUnknown && !listNext;
  }
}
