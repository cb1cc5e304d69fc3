package io.clusterzone.dns.forward;

/// The client that a question is resolved for. Asked only if the question would have to wait for an
/// upstream.
public interface Asker {
  /// The client's hash for counting: equal for equal addresses.
  int clientHash();

  /// Whether the event loop is behind, at least with this client, so that it had better begin
  /// nothing.
  boolean behind();
}
