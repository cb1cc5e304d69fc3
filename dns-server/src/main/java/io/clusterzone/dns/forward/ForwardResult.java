package io.clusterzone.dns.forward;

import io.clusterzone.dns.config.Shed.Reply;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.zones.answer.StoredReply;

/// The result of forwarding a question.
public sealed interface ForwardResult {
  /// An upstream answered, if only with an error code of its own.
  record Answered(StoredReply reply, Upstream upstream) implements ForwardResult {}

  /// No upstream answered: SERVFAIL, with this extended error (RFC 8914 sections 4.23 and 4.24).
  record Failed(int extendedError, String reason) implements ForwardResult {}

  /// The question was not let wait for an upstream.
  record Shed(ShedReason reason, Reply reply) implements ForwardResult {}

  /// The receiver of the result: called once, on the event loop that asked.
  @FunctionalInterface
  interface Listener {
    void ended(ForwardResult result);
  }
}
