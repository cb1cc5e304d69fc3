package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;
import io.clusterzone.zones.name.NameMap;
import io.clusterzone.zones.name.NameMapEditor;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the next version of a zone from one batch of changes. One thread; [#finish] ends it.
///
/// A name exists if it holds something or if a name below it exists (RFC 8020 section 2, RFC 4592
/// section 2.2.2). The editor keeps that true: each node counts the names directly below it, a new
/// name makes the empty non-terminals between it and the zone, and the last name below an empty
/// non-terminal takes it along. So each change touches the changed name and its parent, seldom
/// more, whatever the size of the zone.
public final class ZoneEditor {
  private final Zone base;
  private final NameMapEditor<Node> nodes;
  private final CommonEnds ends;
  private int occluders;
  private boolean synced;
  private boolean stale;

  public ZoneEditor(Zone base) {
    this.base = base;
    this.nodes = base.nodes().edit();
    this.ends = base.ends();
    this.occluders = base.occluders();
    this.synced = base.synced();
    this.stale = base.stale();
  }

  /// Puts `content` in the place of what `owner` holds. Content that is equal to it changes
  /// nothing; [Content#ABSENT] removes. The SOA RRset is the editor's own and not part of
  /// `content`.
  ///
  /// @throws IllegalArgumentException if the owner is outside the zone, or the content has an SOA
  ///   or more than a message could carry
  public void replace(Name owner, Content content) {
    if (!owner.isAtOrBelow(base.apex())) {
      throw new IllegalArgumentException(owner + " is not in the zone " + base.apex());
    }
    if (content.has(RRType.SOA)) {
      throw new IllegalArgumentException("an SOA from outside at " + owner);
    }
    byte[] folded = owner.toFoldedWire();
    Node old = find(folded, 0);
    if (folded.length == base.apex().length()) {
      put(folded, old, withSoa(content, base.soa()));
    } else if (content.isAbsent()) {
      remove(folded, old);
    } else {
      put(folded, old, content);
    }
  }

  /// Sets whether the zone has been learnt as a whole.
  public void synced(boolean value) {
    synced = value;
  }

  /// Sets whether what the zone says may be out of date.
  public void stale(boolean value) {
    stale = value;
  }

  /// The next version, which has this serial if any content changed; otherwise the version is the
  /// same, with its old serial, unless [#synced] or [#stale] changed.
  ///
  /// It is for the caller to see that the serial moves on (RFC 1982).
  public Edit finish(int serial) {
    List<Change> changes = changes(nodes.finish());
    if (changes.isEmpty()) {
      var none = new ChangeSet(base.serial(), base.serial(), changes);
      return new Edit(base.with(synced, stale), none);
    }
    Rdata.Soa soa = withSerial(base.soa(), serial);
    replaceSoa(soa);
    int soaTtl = base.soaTtlSeconds();
    long digest = base.digest() + difference(changes);
    var next =
        new Zone(base.apex(), ends, nodes.finish(), occluders, soa, soaTtl, synced, stale, digest);
    return new Edit(next, new ChangeSet(base.serial(), serial, changes));
  }

  /// The part of these changes in the zone's digest.
  private long difference(List<Change> changes) {
    var digest = new ZoneDigest(base.soa());
    long sum = 0;
    for (Change change : changes) {
      sum += change.difference(digest);
    }
    return sum;
  }

  private List<Change> changes(NameMap<Node> changed) {
    List<Change> changes = new ArrayList<>();
    base.nodes()
        .forEachDifference(
            changed,
            (before, after) -> {
              if (!Change.isNone(before, after)) {
                changes.add(new Change(before, after));
              }
            });
    return changes;
  }

  private void put(byte[] owner, @Nullable Node old, Content content) {
    if (old == null) {
      Node added = Node.of(NodeEncoder.encode(owner, ends, content, 0), ends, 0);
      nodes.put(added);
      occluders += occluders(added);
      addToParent(owner, 0);
      return;
    }
    int flags = old.flags() & Node.WILDCARD_CHILD;
    Node next = Node.of(NodeEncoder.encode(owner, ends, content, flags), ends, old.children());
    if (!old.hasContentOf(next)) {
      nodes.put(next);
      occluders += occluders(next) - occluders(old);
    }
  }

  private static int occluders(Node node) {
    return node.occludes() ? 1 : 0;
  }

  private void remove(byte[] owner, @Nullable Node old) {
    if (old == null || !old.hasContent()) {
      return;
    }
    occluders -= occluders(old);
    if (old.children() > 0) {
      int flags = old.flags() & Node.WILDCARD_CHILD;
      nodes.put(Node.of(NodeEncoder.empty(owner, 0, ends, flags), ends, old.children()));
    } else {
      nodes.remove(old);
      removeFromParent(owner, 0);
    }
  }

  /// Counts the new name at `name[child]` in its parent, which may be new as well.
  private void addToParent(byte[] name, int child) {
    int at = child + name[child] + 1;
    boolean wildcard = Node.isWildcard(name, child);
    Node parent = find(name, at);
    if (parent != null) {
      boolean wildcardChild = wildcard || parent.hasWildcardChild();
      nodes.put(parent.withChildren(parent.children() + 1, wildcardChild));
      return;
    }
    int flags = wildcard ? Node.WILDCARD_CHILD : 0;
    nodes.put(Node.of(NodeEncoder.empty(name, at, ends, flags), ends, 1));
    addToParent(name, at);
  }

  /// Takes the name at `name[child]`, which is gone, from its parent's count. The apex holds an SOA
  /// and stays.
  private void removeFromParent(byte[] name, int child) {
    int at = child + name[child] + 1;
    Node parent = find(name, at);
    if (parent == null) {
      throw new IllegalStateException("no parent of " + Name.ofWire(name, child));
    }
    int left = parent.children() - 1;
    if (left > 0 || parent.hasContent()) {
      boolean wildcardChild = parent.hasWildcardChild() && !Node.isWildcard(name, child);
      nodes.put(parent.withChildren(left, wildcardChild));
      return;
    }
    nodes.remove(parent);
    removeFromParent(name, at);
  }

  private @Nullable Node find(byte[] name, int at) {
    int length = name.length - at;
    return nodes.find(name, at, length, NameHash.of(name, at, length));
  }

  private void replaceSoa(Rdata.Soa soa) {
    byte[] apex = base.apex().toFoldedWire();
    Node old = find(apex, 0);
    if (old == null) {
      throw new IllegalStateException("a zone without an apex: " + base);
    }
    put(apex, old, withSoa(old.content(), soa));
  }

  /// The content with this SOA instead of the one it may have.
  private Content withSoa(Content content, Rdata.Soa soa) {
    List<RRset> rrsets = new ArrayList<>(content.rrsets());
    rrsets.removeIf(rrset -> rrset.type() == RRType.SOA);
    rrsets.add(RRset.of(base.soaTtlSeconds(), List.of(soa)));
    return new Content(rrsets, content.traits());
  }

  private static Rdata.Soa withSerial(Rdata.Soa soa, int serial) {
    return new Rdata.Soa(
        soa.mname(),
        soa.rname(),
        serial,
        soa.refreshSeconds(),
        soa.retrySeconds(),
        soa.expireSeconds(),
        soa.minimumSeconds());
  }
}
