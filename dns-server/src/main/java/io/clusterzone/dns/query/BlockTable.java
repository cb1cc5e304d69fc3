package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.LoopChannels;
import io.clusterzone.dns.forward.LoopResolver;
import io.clusterzone.dns.ops.LogRule;
import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.QueryView;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server blocks of one listener, and where one event loop counts for each. Immutable.
final class BlockTable {
  /// A server block, prepared.
  ///
  /// @param counterIndex where its scope is counted
  /// @param resolver its cache and upstreams on this event loop, or null without `forward`
  record Entry(
      ServerBlock block,
      ZoneName zone,
      List<Rule> log,
      int counterIndex,
      @Nullable LoopResolver resolver) {
    private static Entry of(ServerBlock block, LoopCounters counters, LoopChannels channels) {
      List<Rule> log = block.log().stream().map(Rule::of).toList();
      int index = counters.indexOf(block.scope());
      Forwarding forwarding = block.forwarding();
      LoopResolver resolver = forwarding == null ? null : forwarding.on(channels);
      return new Entry(block, new ZoneName(block.zone()), log, index, resolver);
    }

    private boolean knowsForeignNames() {
      return resolver != null || block.hosts() != null;
    }

    /// The log rule that decides about the query, if there is one.
    @Nullable LogRule logRule(QueryView query) {
      for (int i = 0; i < log.size(); i++) {
        if (log.get(i).scope().covers(query)) {
          return log.get(i).rule();
        }
      }
      return null;
    }
  }

  record Rule(ZoneName scope, LogRule rule) {
    private static Rule of(LogRule rule) {
      return new Rule(new ZoneName(rule.scope()), rule);
    }
  }

  /// The longest names first, so that the first one that covers a query is the longest.
  private final List<Entry> entries;

  private final boolean chases;

  BlockTable(List<ServerBlock> blocks, LoopCounters counters, LoopChannels channels) {
    entries =
        blocks.stream()
            .map(block -> Entry.of(block, counters, channels))
            .sorted(Comparator.comparingInt((Entry entry) -> -entry.zone().length()))
            .toList();
    chases = entries.stream().anyMatch(Entry::knowsForeignNames);
  }

  /// Whether any of them may know where an alias leads that leaves our zones.
  boolean chases() {
    return chases;
  }

  /// The server block with the longest key that the name is at or below; null if there is none.
  ///
  /// DS belongs to the parent's side of a zone cut (RFC 4035 section 3.1.4.1): asked for at a key
  /// itself it goes to the block of a parent zone. The root's block is the last resort, not a
  /// parent.
  @Nullable Entry find(QueryView query) {
    Entry found = next(0, query);
    if (found == null || query.type() != RRType.DS || !found.zone().is(query)) {
      return found;
    }
    Entry parent = next(entries.indexOf(found) + 1, query);
    return parent == null || parent.zone().isRoot() ? found : parent;
  }

  private @Nullable Entry next(int from, QueryView query) {
    for (int i = from; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.zone().covers(query)) {
        return entry;
      }
    }
    return null;
  }
}
