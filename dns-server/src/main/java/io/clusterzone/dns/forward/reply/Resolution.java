package io.clusterzone.dns.forward.reply;

import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.answer.StoredReplyWriter;
import java.nio.ByteBuffer;

/// The end of a question that is not ours.
public sealed interface Resolution {
  /// A reply, `ageSeconds` old. `ttlOverride` is the TTL of all its records, or -1 to count theirs
  /// down by the age; `stale` says that it has expired (RFC 8767, RFC 8914 section 4.4); `cached`
  /// that it was remembered.
  record Reply(StoredReply reply, int ageSeconds, int ttlOverride, boolean stale, boolean cached)
      implements Resolution {
    public static final int COUNT_DOWN = StoredReplyWriter.COUNT_DOWN;

    /// An upstream's just now, if only with an error code of its own.
    public static Reply fresh(StoredReply reply) {
      return new Reply(reply, 0, COUNT_DOWN, false, false);
    }

    /// The message with the TTLs that a client is to see.
    public byte[] agedMessage() {
      byte[] aged = reply.message().clone();
      for (int i = 0; i < reply.records(); i++) {
        int ttl = StoredReplyWriter.ttl(reply, i, ageSeconds, ttlOverride);
        ByteBuffer.wrap(aged).putInt(reply.ttlOffset(i), ttl);
      }
      return aged;
    }
  }

  /// SERVFAIL with an extended error.
  record Failed(int extendedError, String reason) implements Resolution {}

  /// The question was not let wait for an upstream.
  record Shed(ShedReason reason, io.clusterzone.dns.config.Shed.Reply reply)
      implements Resolution {}

  /// No group of upstreams in the block is for this name.
  record NotForwarded() implements Resolution {}

  /// The receiver of the end: called once, on the event loop that asked; perhaps before the asking
  /// call returns.
  @FunctionalInterface
  interface Listener {
    void ended(Resolution resolution);
  }
}
