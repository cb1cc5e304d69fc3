package io.clusterzone.dns.forward;

/// The client that a question is resolved for. Asked only if the question would have to wait for an
/// upstream.
public interface Asker {
  /// Where its client is counted: equal for equal addresses.
  int clientHash();

  /// Whether the event loop cannot keep up with its messages, at least with this client's, so that
  /// it had better begin nothing.
  boolean behind();
}
