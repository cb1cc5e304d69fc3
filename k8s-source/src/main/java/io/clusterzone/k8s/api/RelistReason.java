package io.clusterzone.k8s.api;

/// Why all objects of a kind were asked for again.
public enum RelistReason {
  /// The first time.
  START,
  /// The server no longer knew what happened since (410).
  EXPIRED,
  /// A resource version was lower than one before: another server, or a restored store.
  BACKWARDS,
  /// The server would not go on from where it was, for minutes, whatever the reason.
  REFUSED,
  /// The served state differs from the server's.
  DRIFT,
  /// The program failed on what the server sent.
  FAULT
}
