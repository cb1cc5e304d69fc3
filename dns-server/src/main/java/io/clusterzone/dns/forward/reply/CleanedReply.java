package io.clusterzone.dns.forward.reply;

import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;

/// An upstream's message once it is cleaned.
public sealed interface CleanedReply {
  /// A reply that answers the question.
  record Usable(StoredReply reply) implements CleanedReply {}

  /// Its aliases lead back to where they were, or too far.
  ///
  /// @param at where they were given up
  record Endless(Name at) implements CleanedReply {}

  /// It does not parse.
  record Unreadable() implements CleanedReply {}
}
