package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.api.connect.Timing;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The known objects of one kind, and the differences reported to the sink.
///
/// Several reflectors may feed it, each for its own part of the kind; one at a time, by [#change].
/// An object belongs to the reflector that reported it last, and only that one can take it away: an
/// object that moves from one selector to another never gets lost between the two.
final class KindFeed {
  private static final Logger LOG = LoggerFactory.getLogger(KindFeed.class);

  /// One reflector's part; the round is its own.
  static final class Part {
    private int round;
    private boolean complete;
  }

  /// Changes that one reflector makes.
  @FunctionalInterface
  interface Changes {
    /// Null, or why the reflector cannot go on.
    @Nullable IOException make();
  }

  /// A known object. `seenInRound` is the last list of its part that had it.
  private static final class Known {
    private final ClusterObject object;
    private long fingerprint;
    private @Nullable Part part;
    private int seenInRound;

    private Known(ClusterObject object) {
      this.object = object;
    }
  }

  /// A trigger older than this does not explain the change at hand.
  private static final Duration LONGEST_PROGRAMMING = Duration.ofDays(1);

  /// The fingerprint of an object that is not there.
  static final long ABSENT = 0;

  private final Kind kind;
  private final ClusterSink sink;
  private final KindStatus status;
  private final EmptyingGuard guard;
  private final Timing timing;
  private final ApiObserver observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ObjectKey, Known> known = new ConcurrentHashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<ClusterEvent> batch = new ArrayList<>();
  private final AtomicLong handedOver = new AtomicLong();
  private long arrivedNanos;

  /// Of all objects that are known; guarded by the lock.
  private long octets;

  private @Nullable Runnable whenSynced;

  KindFeed(
      Kind kind,
      ClusterSink sink,
      KindStatus status,
      EmptyingGuard guard,
      Timing timing,
      ApiObserver observer) {
    this.kind = kind;
    this.sink = sink;
    this.status = status;
    this.guard = guard;
    this.timing = timing;
    this.observer = observer;
  }

  KindStatus status() {
    return status;
  }

  /// Is run once, when all that the first complete lists had has been handed over.
  void whenSynced(Runnable told) {
    whenSynced = told;
  }

  /// Registers a reflector; all of them before the first is started.
  Part newPart() {
    var part = new Part();
    parts.add(part);
    return part;
  }

  /// Held while changes are made and handed over.
  ReentrantLock lock() {
    return lock;
  }

  /// Takes over an object known to an earlier process, and adds the events for the sink. The first
  /// complete list of each part settles it.
  void adopt(ClusterObject object, List<ClusterEvent> events) {
    known.put(object.key(), new Known(object));
    octets += object.octets();
    guard.change(null, object, new ClusterEvent.Put(object), events);
  }

  /// The event for the sink once all that an earlier process knew has been taken over.
  ClusterEvent restored(Instant written) {
    status.isFromSnapshot(written);
    status.sizeIs(known.size(), octets);
    return new ClusterEvent.Restored(kind);
  }

  /// Sets the arrival of the octets applied next, by [System#nanoTime].
  void arrived(long nanos) {
    arrivedNanos = nanos;
  }

  void put(Part part, ApiEvent.Present present) {
    ObjectKey key = present.version().key();
    Known old = known.get(key);
    boolean same = old != null && old.object.equals(present.object());
    Known now = old != null && same ? old : known(old, present.object());
    now.fingerprint = present.version().fingerprint();
    now.part = part;
    now.seenInRound = part.round;
    if (!same) {
      known.put(key, now);
      ClusterObject before = old == null ? null : old.object;
      octets += now.object.octets() - (before == null ? 0 : before.octets());
      guard.change(before, now.object, new ClusterEvent.Put(now.object), batch);
      observeTrigger(present.triggerTime());
    }
  }

  private static Known known(@Nullable Known before, ClusterObject object) {
    return new Known(before == null ? object : SharedParts.share(before.object, object));
  }

  /// Only of changes: how old the cluster is does not matter.
  private void observeTrigger(String time) {
    if (!time.isEmpty() && status.synced()) {
      try {
        var since = Duration.between(Instant.parse(time), timing.now());
        if (since.compareTo(LONGEST_PROGRAMMING) < 0) {
          observer.programmed(since);
        }
      } catch (DateTimeParseException e) {
        LOG.debug("a trigger time that is none: {}", time);
      }
    }
  }

  void remove(Part part, ObjectKey key) {
    Known old = known.get(key);
    if (old != null && old.part == part) {
      remove(key, old);
    }
  }

  private void remove(ObjectKey key, Known old) {
    known.remove(key);
    octets -= old.object.octets();
    guard.change(old.object, null, new ClusterEvent.Remove(kind, key), batch);
  }

  /// A complete list of this part begins.
  void beginRound(Part part) {
    part.round++;
  }

  /// The list is complete: what it did not have is gone.
  void endRound(Part part) {
    part.complete = true;
    boolean all = parts.stream().allMatch(p -> p.complete);
    for (var entry : known.entrySet()) {
      Known object = entry.getValue();
      boolean missed = object.part == part && object.seenInRound != part.round;
      if (missed || (all && object.part == null)) {
        remove(entry.getKey(), object);
      }
    }
    if (all && !status.synced()) {
      status.isSynced();
      batch.add(new ClusterEvent.Synced(kind));
    }
  }

  /// Nanoseconds until something held back is due; [Long#MAX_VALUE] if nothing is. Takes the lock.
  long untilDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return guard.untilDue();
    } finally {
      lock.unlock();
    }
  }

  /// Makes changes, and hands them over; waits while another reflector does, or the receiver is
  /// behind.
  ///
  /// @throws IOException the problem that the changes ended with
  void change(Changes changes) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      IOException problem = changes.make();
      flush();
      if (problem != null) {
        throw problem;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Hands over what is due; waits as [#change] does.
  void flush() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      guard.releaseDue(batch);
      status.sizeIs(known.size(), octets);
      if (!batch.isEmpty()) {
        sink.accept(List.copyOf(batch), arrivedNanos);
        handedOver.addAndGet(batch.size());
        batch.clear();
      }
      Runnable told = whenSynced;
      if (told != null && status.synced()) {
        whenSynced = null;
        told.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The fingerprint of a known object, or [#ABSENT].
  long fingerprint(ObjectKey key) {
    Known object = known.get(key);
    return object == null ? ABSENT : object.fingerprint;
  }

  /// The keys of this part's objects.
  List<ObjectKey> keysOf(Part part) {
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().part == part)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The number of changes that the sink has taken; safe on any thread.
  long changes() {
    return handedOver.get();
  }

  /// The objects known now; safe on any thread.
  List<ClusterObject> objects() {
    return known.values().stream().map(object -> object.object).toList();
  }
}
