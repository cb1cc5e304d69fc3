package io.clusterzone.dns.explain;

import io.clusterzone.k8s.records.ClusterObjects;
import java.util.List;

/// A cluster that a server answers from. For any thread that may wait.
public interface ExplainedCluster {
  /// How fresh a part of the cluster is. Immutable.
  ///
  /// @param part the thing, such as `services`, in an operator's words
  /// @param known whether all of it has been read once, if only from a snapshot
  /// @param ageSeconds since it was certainly so; -1 if that is not known
  /// @param problem empty if there is none
  record Freshness(String part, boolean known, long ageSeconds, String problem) {}

  /// The objects behind the zones as they are now.
  ///
  /// @throws Busy if they cannot be handed out in time
  ClusterObjects objects() throws InterruptedException;

  /// Whether endpoints of all Services are known, not those of headless ones alone.
  boolean knowsAllEndpoints();

  List<Freshness> freshness();

  /// The writer of the zones is at work for longer than anybody waits.
  final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Busy() {
      super("the cluster is changing faster than it can be looked at; ask again");
    }
  }
}
