package io.clusterzone.dns.forward.reply;

/// What a query gets that is not let wait.
public enum ShedReply {
  SERVFAIL,
  REFUSED,
  /// Nothing: the client asks again when its patience ends.
  DROP
}
