package io.clusterzone.dns.query;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.wire.QueryView;

/// An onlooker of the finished replies of server blocks. A block without one pays for a null check.
public interface ReplyTap {
  /// The part of one event loop; the same one each time. From any thread.
  OnLoop on(LoopChannels channels);

  /// An onlooker on one event loop, confined to that.
  @FunctionalInterface
  interface OnLoop {
    /// A reply is finished, and sent when this returns. Allocates nothing, takes no lock, throws
    /// nothing, changes nothing; whatever it wants to keep it copies.
    ///
    /// @param stage the directive that has answered
    void replied(QueryView query, Stage stage, Reply reply);
  }
}
