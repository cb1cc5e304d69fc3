package io.clusterzone.dns.query;

import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.ErrorRules;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.name.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One server block at one listener, for queries of one of its keys. Immutable.
///
/// @param zone the key: queries for this name and below
/// @param scope the scope that its queries are counted by
/// @param options of every reply: `bufsize`, `nsid`, `minimal`, `loadbalance`
/// @param plan the directives that have a part in answering
/// @param explained the clients that are told in words why a question is not answered
/// @param log the rules of `log`, the first whose scope holds the name decides; empty without it
/// @param errors the rules of `errors`, or null without the directive
/// @param tap sees the replies, or null without a directive that looks at them
/// @param refuses whether no directive has a part in answering
public record ServerBlock(
    Name zone,
    Scope scope,
    AnswerOptions options,
    Plan plan,
    NetworkSet explained,
    List<LogRule> log,
    @Nullable ErrorRules errors,
    @Nullable ReplyTap tap,
    boolean refuses) {
  public ServerBlock {
    log = List.copyOf(log);
  }

  /// The same block with another plan, for questions that no client has asked: nobody hears of
  /// them.
  public ServerBlock unheard(Plan other) {
    return new ServerBlock(zone, scope, options, other, explained, List.of(), null, null, refuses);
  }
}
