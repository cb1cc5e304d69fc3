package io.clusterzone.dns.query;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.dns.ops.ScopeCounters;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.SuffixMap;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.QuestionView;
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
    private final boolean logsRemarks;
    private final ReplyTap.@Nullable OnLoop tap;

    private Entry(ServerBlock block, LoopCounters counters, LoopChannels channels) {
      this.block = block;
      this.log = block.log().stream().map(Rule::of).toList();
      this.counters = counters.of(block.scope());
      this.logsRemarks = block.log().stream().anyMatch(rule -> rule.format().hasReason());
      this.tap = block.tap() == null ? null : block.tap().on(channels);
    }

    @SuppressWarnings("ReferenceEquality") // made once for each that is another
    private boolean isOf(ServerBlock other, LoopCounters loop) {
      return block == other && counters == loop.of(block.scope());
    }

    ServerBlock block() {
      return block;
    }

    Plan plan() {
      return block.plan();
    }

    ScopeCounters counters() {
      return counters;
    }

    /// Whether a line of the log may tell why a question is denied.
    boolean logsRemarks() {
      return logsRemarks;
    }

    /// The onlooker of its replies, if there is one.
    ReplyTap.@Nullable OnLoop tap() {
      return tap;
    }

    /// The log rule that decides about the query, if there is one.
    @Nullable LogRule logRule(QuestionView question) {
      for (int i = 0; i < log.size(); i++) {
        if (log.get(i).scope().covers(question)) {
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
  private final boolean knowOtherNames;
  private final boolean guarded;
  private final QuestionView asked = new QuestionView();

  private BlockTable() {
    byZone = SuffixMap.of(Map.of());
    knowOtherNames = false;
    guarded = false;
  }

  /// The table of no server block.
  static BlockTable none() {
    return new BlockTable();
  }

  /// @param counters of the event loop, which have the scopes of all blocks
  /// @param channels of the event loop
  /// @param before another table of the event loop; what both have in common is not made again
  BlockTable(
      List<ServerBlock> blocks, LoopCounters counters, LoopChannels channels, BlockTable before) {
    Map<Name, Entry> entries = HashMap.newHashMap(blocks.size());
    for (ServerBlock block : blocks) {
      Entry same = before.at(block.zone());
      entries.putIfAbsent(
          block.zone(),
          same != null && same.isOf(block, counters) ? same : new Entry(block, counters, channels));
      block.plan().begin(channels);
    }
    byZone = before.byZone.next(entries);
    guarded = blocks.stream().anyMatch(block -> block.plan().isGuarded());
    knowOtherNames = blocks.stream().anyMatch(block -> block.plan().knowsOtherNames());
  }

  /// The server block with this key; null if there is none.
  @Nullable Entry at(Name zone) {
    return byZone.get(zone);
  }

  /// Whether any of them may know where an alias leads that leaves our zones.
  boolean knowOtherNames() {
    return knowOtherNames;
  }

  /// Whether any of them has a gate, which is to be asked about each name of a chain of aliases.
  boolean areGuarded() {
    return guarded;
  }

  /// Whether we have the last word about the name.
  boolean owns(Name name) {
    asked.set(name, RRType.A);
    Entry entry = find(asked);
    return entry != null && entry.plan().owns(asked);
  }

  /// The server block with the longest key that the name is at or below; null if there is none.
  ///
  /// DS belongs to the parent's side of a zone cut (RFC 4035 section 3.1.4.1): asked for at a key
  /// itself it goes to the block of a parent zone. The root's block is the last resort, not a
  /// parent.
  @Nullable Entry find(QuestionView question) {
    Entry found = longest(question, 0);
    if (found == null
        || found.block().refuses()
        || question.type() != RRType.DS
        || !isAt(found, question)) {
      return found;
    }
    Entry parent = longest(question, question.name()[0] + 1);
    return parent == null || parent.block().zone().isRoot() ? found : parent;
  }

  private static boolean isAt(Entry entry, QuestionView question) {
    return entry.block().zone().length() == question.nameLength() && question.nameLength() > 1;
  }

  private @Nullable Entry longest(QuestionView question, int offset) {
    return byZone.longest(question.name(), offset, question.nameLength() - offset);
  }
}
