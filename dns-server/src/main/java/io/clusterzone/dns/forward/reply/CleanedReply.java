package io.clusterzone.dns.forward.reply;

import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;

/// What is left of an upstream's message.
public sealed interface CleanedReply {
  /// What answers the question.
  record Usable(StoredReply reply) implements CleanedReply {}

  /// Its aliases lead back to where they were, or too far.
  ///
  /// @param at where they were given up
  record Endless(Name at) implements CleanedReply {}

  /// It does not parse.
  record Unreadable() implements CleanedReply {}
}
