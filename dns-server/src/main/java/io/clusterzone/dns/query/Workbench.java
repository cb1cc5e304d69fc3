package io.clusterzone.dns.query;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.top.QueryRing;
import io.clusterzone.zones.answer.NodeWriter;
import io.clusterzone.zones.answer.Responder;
import io.clusterzone.zones.answer.StoredReplyWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The memory with which the handlers of one event loop read queries and write replies. Made on any
/// thread, confined to the loop from then on.
///
/// A loop deals with one query at a time, whichever listener it came to, so all listeners share it:
/// some hundred kilobytes, where a Corefile may have hundreds of them. Where a reply makes room for
/// another query of the same connection, or ends the wait of one, the two are nested; each has a
/// [Received] of its own then.
public final class Workbench {
  private final Responder responder;
  private final NodeWriter nodes;
  private final StoredReplyWriter stored;
  private final Remark remark = new Remark();

  /// The reply to a part of a chain of aliases, until it is copied.
  final ByteBuffer partReply = ByteBuffer.allocate(Received.MAX_MESSAGE_OCTETS);

  private final LoopChannels channels;
  private final QueryRing seen;
  private final Received first = new Received(this);
  private final List<Received> queries = new ArrayList<>(List.of(first));
  private int lent;

  /// A bench whose queries nobody ranks.
  public Workbench(long seed, LoopChannels channels) {
    this(seed, channels, QueryRing.CLOSED);
  }

  /// @param seed of the rotation of addresses
  /// @param channels of the event loop, for questions to upstreams
  /// @param seen takes a copy of queries that have been answered
  public Workbench(long seed, LoopChannels channels, QueryRing seen) {
    this.channels = channels;
    this.seen = seen;
    responder = new Responder(seed);
    nodes = new NodeWriter(seed);
    stored = new StoredReplyWriter(seed);
  }

  /// Writes answers from zones; from a look-up to its reply it belongs to one step.
  public Responder responder() {
    return responder;
  }

  /// Writes answers from names that are in no zone.
  public NodeWriter nodes() {
    return nodes;
  }

  /// Writes what upstreams have said.
  public StoredReplyWriter stored() {
    return stored;
  }

  /// A text about the reply that is being written.
  public Remark remark() {
    return remark;
  }

  public LoopChannels channels() {
    return channels;
  }

  QueryRing seen() {
    return seen;
  }

  Received lend() {
    if (lent == queries.size()) {
      queries.add(new Received(this));
    }
    return lent++ == 0 ? first : queries.get(lent - 1);
  }

  /// Takes back the one that was lent last.
  void takeBack() {
    lent--;
  }
}
