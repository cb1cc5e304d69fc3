package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterEvent.Put;
import io.clusterzone.k8s.model.ClusterEvent.Remove;
import io.clusterzone.k8s.model.ClusterEvent.Restored;
import io.clusterzone.k8s.model.ClusterEvent.Synced;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Events on their way to the zone writer: any number of threads put, one takes.
///
/// Of several events for one object only the last is kept, so a flapping object takes one place. A
/// batch goes in as a whole, even if that exceeds the capacity: what belongs together must become
/// visible together. The next one then waits.
final class EventQueue {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Map<Key, Waiting> waiting = new LinkedHashMap<>();
  private boolean closed;
  private boolean woken;

  /// An event, and since when its object has had news that wait.
  record Waiting(ClusterEvent event, long sinceNanos) {}

  /// The key under which an event replaces another: the state of an object, or the news that a kind
  /// is known.
  private record Key(Kind kind, ObjectKey object, boolean whole) {
    private static final ObjectKey NO_OBJECT = new ObjectKey("", "");

    static Key of(ClusterEvent event) {
      return switch (event) {
        case Put(var object) -> new Key(object.kind(), object.key(), false);
        case Remove(var kind, var object) -> new Key(kind, object, false);
        case Restored(var kind) -> new Key(kind, NO_OBJECT, true);
        case Synced(var kind) -> new Key(kind, NO_OBJECT, true);
      };
    }
  }

  EventQueue(int capacity) {
    this.capacity = capacity;
  }

  /// Waits while the queue is full. Events for a closed queue are dropped. `sinceNanos` is when
  /// they arrived, by [System#nanoTime].
  void put(List<ClusterEvent> batch, long sinceNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.size() >= capacity && !closed) {
        changed.await();
      }
      for (ClusterEvent event : batch) {
        put(event, sinceNanos);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void put(ClusterEvent event, long sinceNanos) {
    Key key = Key.of(event);
    Waiting earlier = waiting.get(key);
    waiting.put(key, new Waiting(event, earlier == null ? sinceNanos : earlier.sinceNanos));
  }

  /// Lets the taker go on, if only without events.
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for events and takes all there are; none means that the queue is closed, or that it was
  /// woken.
  List<Waiting> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !closed && !woken) {
        changed.await();
      }
      woken = false;
      Map<Key, Waiting> taken = closed ? Map.of() : waiting;
      waiting = new LinkedHashMap<>();
      changed.signalAll();
      return List.copyOf(taken.values());
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The number of objects with waiting events.
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
