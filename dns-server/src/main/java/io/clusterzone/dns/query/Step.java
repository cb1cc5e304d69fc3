package io.clusterzone.dns.query;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Verdict;

/// One directive of a server block at work: it answers a question, or leaves it to the next.
///
/// Immutable, and shared by all event loops; the memory that it works with comes with the question
/// ([Asked#bench]). For a question that a zone answers it allocates nothing.
public interface Step {
  /// The name by which its answers are counted.
  Stage stage();

  /// Whether it is asked for queries with this verdict: those of class IN alone, unless it says
  /// otherwise.
  default boolean takes(Verdict verdict) {
    return verdict == Verdict.QUERY;
  }

  /// Answers the question, changes it for the steps behind, or passes. On the event loop.
  Ending take(Asked asked);

  /// Whether it guards the others: it is asked again whenever one of them has put another question
  /// in place of the one received.
  default boolean isGate() {
    return false;
  }

  /// Whether the name is one of ours, about which an upstream's word does not count.
  default boolean owns(QuestionView question) {
    return false;
  }

  /// Whether it may know names outside our zones, so that aliases that lead there are followed.
  default boolean knowsOtherNames() {
    return false;
  }

  /// The same step for questions that no client has asked: it counts nothing of its own.
  default Step uncounted() {
    return this;
  }

  /// An event loop begins to use it. From any thread; more than once.
  default void begin(LoopChannels channels) {}
}
