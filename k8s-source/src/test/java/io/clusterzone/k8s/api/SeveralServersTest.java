package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.model.Kind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several API servers behind one address, and one that is not what it was. After each, what is
/// served equals what the server holds.
@Timeout(60)
final class SeveralServersTest {
  private final FakeCluster cluster = new FakeCluster();

  @BeforeEach
  void fill() {
    Scenario.fill(cluster);
  }

  /// A watch from a version that the store has yet to reach stays open and silent, on a real server
  /// as well.
  @Test
  void noticesARestoredStoreByItsVersions() throws Exception {
    try (var server = new FakeApiServer(cluster);
        var scenario = new Scenario(server)) {
      scenario.awaitEqual(cluster);
      var older = new FakeCluster();
      older.restore(10);
      older.put(Samples.namespace("shop"), Samples.service("s1", "10.96.7.7"));
      server.serve(older);
      server.cut();
      scenario.awaitEqual(older);
      for (Kind kind : List.of(Kind.NAMESPACE, Kind.SERVICE, Kind.ENDPOINT_SLICE)) {
        assertThat(scenario.status(kind).relists(RelistReason.BACKWARDS)).isOne();
      }
    }
  }

  @Test
  void followsTwoServersThatTakeTurns() throws Exception {
    try (var first = new FakeApiServer(cluster)) {
      int port = first.port();
      try (var scenario = new Scenario(first)) {
        scenario.awaitEqual(cluster);
        first.stop();
        Scenario.churn(cluster);
        try (var _ = new FakeApiServer(cluster, port)) {
          scenario.awaitEqual(cluster);
          cluster.put(Samples.service("late", "10.96.3.3"));
          scenario.awaitEqual(cluster);
        }
        cluster.remove(Kind.SERVICE, Samples.key("late"));
        try (var _ = new FakeApiServer(cluster, port).withoutWatchList().jsonOnly()) {
          scenario.awaitEqual(cluster);
        }
      }
    }
  }

  /// Behind one address a server may lag another: its watches say nothing until it has caught up,
  /// and its lists are of the newest state all the same.
  @Test
  void waitsForAServerWhoseWatchesLagBehindAnothers() throws Exception {
    var lagging = new FakeCluster();
    Scenario.fill(lagging);
    try (var server = new FakeApiServer(cluster);
        var scenario = new Scenario(server)) {
      scenario.awaitEqual(cluster);
      Scenario.churn(cluster);
      scenario.awaitEqual(cluster);
      server.watchesOf(lagging);
      long before = server.count(Kind.SERVICE, true);
      server.cut();
      await().until(() -> server.count(Kind.SERVICE, true) > before);
      Scenario.churn(lagging);
      cluster.put(Samples.service("late", "10.96.3.3"));
      lagging.put(Samples.service("late", "10.96.3.3"));
      scenario.awaitEqual(cluster);
      assertThat(scenario.status(Kind.SERVICE).relists(RelistReason.BACKWARDS)).isZero();
    }
  }
}
