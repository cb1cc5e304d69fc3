package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The store behind fake API servers: objects with their resource versions, and what happened. Safe
/// on any thread.
public final class FakeCluster {
  enum Type {
    ADDED,
    MODIFIED,
    DELETED,
    BOOKMARK
  }

  record Stored(ClusterObject object, String uid, long version) {}

  record Change(Type type, Kind kind, Stored stored) {
    long version() {
      return stored.version();
    }
  }

  private record Id(Kind kind, ObjectKey key) {}

  private final Map<Id, Stored> objects = new HashMap<>();
  private final List<Change> history = new ArrayList<>();
  private long version = 100;
  private long compacted;
  private int epoch;
  private long nextUid;

  public synchronized void put(ClusterObject... all) {
    for (ClusterObject object : all) {
      var id = new Id(object.kind(), object.key());
      Stored old = objects.get(id);
      String uid = old == null ? "uid-" + ++nextUid : old.uid();
      var stored = new Stored(object, uid, ++version);
      objects.put(id, stored);
      history.add(new Change(old == null ? Type.ADDED : Type.MODIFIED, object.kind(), stored));
    }
    notifyAll();
  }

  public synchronized void remove(Kind kind, ObjectKey key) {
    Stored old = objects.remove(new Id(kind, key));
    if (old != null) {
      var gone = new Stored(old.object(), old.uid(), ++version);
      history.add(new Change(Type.DELETED, kind, gone));
      notifyAll();
    }
  }

  /// Tells all watches of that kind how far they have come.
  public synchronized void bookmark(Kind kind) {
    var object = new ClusterObject.Namespace("");
    history.add(new Change(Type.BOOKMARK, kind, new Stored(object, "", version)));
    notifyAll();
  }

  /// Forgets what happened: who is behind has to list again.
  public synchronized void compact() {
    compacted = version;
  }

  /// Changes the store behind the watches' backs: no event tells of it.
  synchronized void changeSilently(ClusterObject object) {
    objects.put(new Id(object.kind(), object.key()), new Stored(object, "uid-x", ++version));
  }

  synchronized void removeSilently(Kind kind, ObjectKey key) {
    objects.remove(new Id(kind, key));
    version++;
  }

  /// As after a restore from a backup: versions start again from here.
  public synchronized void restore(long to) {
    version = to;
    epoch++;
    compacted = 0;
    history.clear();
    objects.replaceAll((_, old) -> new Stored(old.object(), old.uid(), ++version));
    notifyAll();
  }

  public synchronized long version() {
    return version;
  }

  synchronized boolean isTooOld(long since) {
    return since < compacted;
  }

  /// What is there now, by namespace and name.
  synchronized List<Stored> list(Kind kind) {
    var sorted = new TreeMap<String, Stored>();
    objects.forEach((id, stored) -> {
      if (id.kind() == kind) {
        sorted.put(id.key().toString(), stored);
      }
    });
    return List.copyOf(sorted.values());
  }

  synchronized Map<ObjectKey, ClusterObject> objects(Kind kind) {
    var all = new HashMap<ObjectKey, ClusterObject>();
    list(kind).forEach(stored -> all.put(stored.object().key(), stored.object()));
    return all;
  }

  /// Where a watch has come to in the history, and where the history was when it began.
  record Cursor(int epoch, int place, int begun) {}

  record News(List<Change> changes, Cursor next, boolean broken) {}

  synchronized Cursor start() {
    return new Cursor(epoch, 0, history.size());
  }

  /// What happened to a kind since; waits until there is something. As with a real server nothing
  /// is heard of versions up to `since`, were it ahead of the store.
  synchronized News after(Kind kind, long since, Cursor cursor) throws InterruptedException {
    while (cursor.epoch() == epoch && history.size() == cursor.place()) {
      wait();
    }
    if (cursor.epoch() != epoch) {
      return new News(List.of(), cursor, true);
    }
    var changes = new ArrayList<Change>();
    for (int i = cursor.place(); i < history.size(); i++) {
      Change change = history.get(i);
      boolean missed = change.type() == Type.BOOKMARK && i < cursor.begun();
      if (change.kind() == kind && change.version() > since && !missed) {
        changes.add(change);
      }
    }
    return new News(changes, new Cursor(epoch, history.size(), cursor.begun()), false);
  }
}
