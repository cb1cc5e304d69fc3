package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.LoopResolver;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.dns.ops.ScopeCounters;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.SuffixMap;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.QueryView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The server blocks of one listener, and where one event loop counts for each. Made on any thread,
/// confined to the loop from then on.
final class BlockTable {
  /// A server block, prepared.
  static final class Entry {
    private final ServerBlock block;
    private final List<Rule> log;
    private final ScopeCounters counters;
    private final LoopChannels channels;
    private @Nullable LoopResolver resolver;

    private Entry(ServerBlock block, LoopCounters counters, LoopChannels channels) {
      this.block = block;
      this.log = block.log().stream().map(Rule::of).toList();
      this.counters = counters.of(block.scope());
      this.channels = channels;
    }

    ServerBlock block() {
      return block;
    }

    /// Where its queries are counted.
    ScopeCounters counters() {
      return counters;
    }

    /// Its cache and upstreams on this event loop, made when they are first asked for; null without
    /// `forward`.
    @Nullable LoopResolver resolver() {
      Forwarding forwarding = block.forwarding();
      if (resolver == null && forwarding != null) {
        resolver = forwarding.on(channels);
      }
      return resolver;
    }

    private boolean knowsForeignNames() {
      return block.forwarding() != null || block.hosts() != null;
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

  private final SuffixMap<Entry> byZone;
  private final boolean chases;

  BlockTable(List<ServerBlock> blocks, LoopCounters counters, LoopChannels channels) {
    Map<Name, Entry> entries = HashMap.newHashMap(blocks.size());
    for (ServerBlock block : blocks) {
      entries.putIfAbsent(block.zone(), new Entry(block, counters, channels));
      Forwarding forwarding = block.forwarding();
      if (forwarding != null) {
        forwarding.detectLoops(channels);
      }
    }
    byZone = SuffixMap.of(entries);
    chases = entries.values().stream().anyMatch(Entry::knowsForeignNames);
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
    Entry found = longest(query, 0);
    if (found == null
        || found.block().refuses()
        || query.type() != RRType.DS
        || !isAt(found, query)) {
      return found;
    }
    Entry parent = longest(query, query.name()[0] + 1);
    return parent == null || parent.block().zone().isRoot() ? found : parent;
  }

  private static boolean isAt(Entry entry, QueryView query) {
    return entry.block().zone().length() == query.nameLength() && query.nameLength() > 1;
  }

  private @Nullable Entry longest(QueryView query, int offset) {
    return byZone.longest(query.name(), offset, query.nameLength() - offset);
  }
}
