package io.clusterzone.dns.explain;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.query.ServerBlock;
import java.util.List;
import java.util.function.Consumer;

/// A server that is explained, as it is at one moment: one of its listeners, and the clusters that
/// it answers from. For any thread.
public interface Explained {
  /// The server blocks of the listener.
  List<ServerBlock> blocks();

  /// The listener, as metrics name it.
  String listener();

  /// The clusters of its directives `kubernetes`.
  List<ExplainedCluster> clusters();

  /// Has an event loop of the server do something soon, always the same one. It must not throw, and
  /// must be short.
  void onLoop(Consumer<LoopChannels> task);
}
