package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The change at one owner name between two versions of a zone; the SOA RRset is left out, for it
/// changes with each version. Immutable. It shares the nodes of the zones and decodes them when
/// asked.
public final class Change {
  private final @Nullable Node before;
  private final @Nullable Node after;

  /// At most one of the two is null: the name did not exist then.
  Change(@Nullable Node before, @Nullable Node after) {
    this.before = before;
    this.after = after;
  }

  /// The owner name in folded case.
  public Name owner() {
    return before != null ? before.owner() : Objects.requireNonNull(after).owner();
  }

  public Content before() {
    return content(before);
  }

  public Content after() {
    return content(after);
  }

  private static Content content(@Nullable Node node) {
    if (node == null) {
      return Content.ABSENT;
    }
    Content content = node.content();
    List<RRset> rrsets = content.rrsets().stream().filter(r -> r.type() != RRType.SOA).toList();
    return new Content(rrsets, content.traits());
  }

  /// The part of the change in the zone's digest.
  long difference(ZoneDigest digest) {
    return digest.of(after) - digest.of(before);
  }

  /// Whether the content at the name is the same, although the nodes are not: names came or went
  /// below it.
  static boolean isNone(@Nullable Node before, @Nullable Node after) {
    if (before == null || after == null) {
      Node only = before == null ? after : before;
      return only == null || !only.hasContent();
    }
    return before.hasContentOf(after);
  }

  @Override
  public String toString() {
    return owner() + ": " + before() + " -> " + after();
  }
}
