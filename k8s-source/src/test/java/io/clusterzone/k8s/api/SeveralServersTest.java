package io.clusterzone.k8s.api;

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
      var kinds = List.of(Kind.NAMESPACE, Kind.SERVICE, Kind.ENDPOINT_SLICE);
      await()
          .until(() -> {
            kinds.forEach(older::bookmark);
            return kinds.stream()
                .allMatch(kind -> scenario.status(kind).relists(RelistReason.BACKWARDS) == 1);
          });
      scenario.awaitEqual(older);
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

  /// Behind one address a server may lag another: what it says counts, first its older state, then
  /// all that it learns, and nothing of it is lost on the way back.
  @Test
  void followsAServerThatLagsBehindAnother() throws Exception {
    var lagging = new FakeCluster();
    Scenario.fill(lagging);
    var kinds = List.of(Kind.NAMESPACE, Kind.SERVICE, Kind.ENDPOINT_SLICE);
    try (var server = new FakeApiServer(cluster);
        var scenario = new Scenario(server)) {
      scenario.awaitEqual(cluster);
      Scenario.churn(cluster);
      scenario.awaitEqual(cluster);
      server.serve(lagging);
      server.cut();
      await()
          .until(() -> {
            kinds.forEach(lagging::bookmark);
            return kinds.stream()
                .allMatch(kind -> scenario.status(kind).relists(RelistReason.BACKWARDS) == 1);
          });
      scenario.awaitEqual(lagging);
      Scenario.churn(lagging);
      scenario.awaitEqual(cluster);
      cluster.put(Samples.service("late", "10.96.3.3"));
      server.serve(cluster);
      server.cut();
      scenario.awaitEqual(cluster);
    }
  }
}
