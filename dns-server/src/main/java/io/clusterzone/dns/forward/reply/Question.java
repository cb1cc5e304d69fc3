package io.clusterzone.dns.forward.reply;

import io.clusterzone.zones.name.Name;

/// A question to an upstream, and the key of its reply in the cache.
///
/// Two questions are equal if one reply serves both: names compare without case (RFC 4343), and the
/// DO and CD bits count, because they change what a resolver sends (RFC 4035 section 3.2). RD
/// counts because a question without it asks for records that the upstream happens to know. The
/// spelling of the name is the first asker's.
public record Question(
    Name name, int type, boolean recursionDesired, boolean dnssecOk, boolean checkingDisabled) {
  /// The same question about another name: the target of an alias.
  public Question of(Name other) {
    return new Question(other, type, recursionDesired, dnssecOk, checkingDisabled);
  }
}
