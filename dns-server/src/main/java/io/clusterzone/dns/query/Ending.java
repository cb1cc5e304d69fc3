package io.clusterzone.dns.query;

/// The way in which a [Step] leaves a question.
public enum Ending {
  /// The next step has it.
  PASS,

  /// The reply is written.
  WRITTEN,

  /// The step goes on with it by [Asked#await] when it knows more.
  LATER,

  /// There is to be no reply.
  DROPPED
}
