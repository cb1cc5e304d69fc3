package io.clusterzone.zones.answer;

/// The zones' answer to a question.
public enum Outcome {
  /// There are records of the type asked for, perhaps behind a chain of aliases.
  ANSWER,

  /// The name is an alias, and its chain ends at a name outside our zones: a forwarder may go on
  /// from there ([Responder#aliasTarget]).
  ALIAS,

  /// The name exists and holds no records of that type (RFC 2308 section 2.2).
  NODATA,

  /// The name does not exist, nor does any below it (RFC 2308 section 2.1, RFC 8020). Where
  /// [Responder#aliases] is not 0, it is the end of a chain that does not exist.
  NXDOMAIN,

  /// The name is at or below a cut: other servers know (RFC 1034 section 4.3.2 step 3b).
  REFERRAL,

  /// The name is below a DNAME, and with its target in it too long (RFC 6672 section 2.2).
  TOO_LONG,

  /// The zone is still being learnt, so that "no" is not yet known (RFC 8914 section 4.15).
  NOT_READY,

  /// The zone has the name, but its records or the names below it are known elsewhere only.
  ELSEWHERE,

  /// A chain of more aliases than we follow; one that closes on itself is one of these.
  LOOP,

  /// None of our zones holds the name.
  NOT_OURS
}
