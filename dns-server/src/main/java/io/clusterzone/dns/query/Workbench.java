package io.clusterzone.dns.query;

import io.clusterzone.zones.answer.NodeWriter;
import io.clusterzone.zones.answer.ReplyWriter;
import io.clusterzone.zones.answer.Responder;
import io.clusterzone.zones.answer.StoredReplyWriter;
import io.clusterzone.zones.wire.QueryView;
import java.nio.ByteBuffer;

/// The memory with which the handlers of one event loop read queries and write replies. Made on any
/// thread, confined to the loop from then on.
///
/// A loop deals with one query at a time, whichever listener it came to, so they all share one:
/// some hundred kilobytes, where a Corefile may have hundreds of listeners.
public final class Workbench {
  /// Octets of the longest message (RFC 1035 section 4.2.2).
  private static final int MAX_MESSAGE_OCTETS = 0xffff;

  /// The query that a handler is busy with.
  final QueryView query = new QueryView();

  /// The query whose reply has come; never the one that a handler is busy with.
  final QueryView resumed = new QueryView();

  /// A part of a chain of aliases, as if it were asked.
  final QueryView part = new QueryView();

  /// The reply to a part of a chain.
  final ByteBuffer partReply = ByteBuffer.allocate(MAX_MESSAGE_OCTETS);

  final Responder responder;
  final Responder partResponder;
  final NodeWriter hosts;
  final StoredReplyWriter stored;
  final ReplyWriter writer = new ReplyWriter();

  /// @param seed of the rotation of addresses
  public Workbench(long seed) {
    responder = new Responder(seed);
    partResponder = new Responder(seed);
    hosts = new NodeWriter(seed);
    stored = new StoredReplyWriter(seed);
  }
}
