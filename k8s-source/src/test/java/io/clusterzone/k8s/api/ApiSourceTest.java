package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.ApiOptions.Endpoints;
import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiLimits;
import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.api.snapshot.SnapshotFile;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The source as a whole: scopes, the snapshot, slices that are replaced, and the end.
@Timeout(60)
final class ApiSourceTest {
  @TempDir private Path directory = Path.of("");
  private final FakeCluster cluster = new FakeCluster();

  private static ApiOptions options(
      String url, List<String> namespaces, Endpoints endpoints, @Nullable Path snapshot) {
    return new ApiOptions(
        new ApiAccess.Endpoint(url, "", "", ""),
        namespaces,
        "",
        "",
        endpoints,
        true,
        true,
        true,
        ApiLimits.DEFAULT,
        snapshot);
  }

  @Test
  void watchesOneNamespaceAndAsksForNothingElse() throws Exception {
    cluster.put(Samples.namespace("shop"), Samples.namespace("other"));
    cluster.put(Samples.service("web", "10.96.0.1"), Samples.pod("p", "10.0.0.1"));
    cluster.put(Samples.serviceImport("web", false, "10.1.0.1"));
    try (var server = new FakeApiServer(cluster);
        var scenario =
            new Scenario(
                server.url(),
                options(server.url(), List.of("shop"), Endpoints.ALL, null),
                Scenario.SHORT)) {
      scenario.awaitSynced(Kind.values());
      assertThat(scenario.objects(Kind.NAMESPACE)).hasSize(1);
      assertThat(scenario.objects(Kind.POD)).isEqualTo(cluster.objects(Kind.POD));
      assertThat(scenario.objects(Kind.SERVICE_IMPORT))
          .isEqualTo(cluster.objects(Kind.SERVICE_IMPORT));
      assertThat(server.asked())
          .allMatch(asked ->
              asked.path().contains("/namespaces/shop/")
                  || asked.path().equals("/apis/multicluster.x-k8s.io")
                  || "metadata.name=shop".equals(asked.query().get("fieldSelector")));
    }
  }

  /// A slice that no longer is for one watch and now is for another stays, whichever says so first.
  @Test
  void anObjectThatMovesBetweenTwoWatchesStays() throws Exception {
    EndpointSlice headless = Samples.slice("db", "s", "10.0.0.1");
    EndpointSlice unmanaged = Samples.slice("web", "s", "10.0.0.1");
    cluster.put(headless);
    try (var server =
            new FakeApiServer(cluster)
                .selecting((labels, object) ->
                    labels.startsWith("!service")
                        ? object.equals(unmanaged)
                        : !object.equals(unmanaged));
        var scenario =
            new Scenario(
                server.url(),
                options(server.url(), List.of(), Endpoints.HEADLESS, null),
                Scenario.SHORT)) {
      scenario.awaitSynced(Kind.ENDPOINT_SLICE);
      assertThat(scenario.objects(Kind.ENDPOINT_SLICE)).containsValue(headless);
      cluster.put(unmanaged);
      await()
          .untilAsserted(
              () -> assertThat(scenario.objects(Kind.ENDPOINT_SLICE)).containsValue(unmanaged));
    }
  }

  @Test
  void aHeadlessServiceIsNeverEmptyWhileItsSlicesAreReplaced() throws Exception {
    cluster.put(Samples.headless("db"), Samples.slice("db", "db-0", "10.0.0.1"));
    try (var server = new FakeApiServer(cluster);
        var scenario = new Scenario(server)) {
      scenario.awaitEqual(cluster);
      scenario.served.forgetEvents();
      for (int i = 1; i <= 10; i++) {
        cluster.remove(Kind.ENDPOINT_SLICE, Samples.key("db-" + (i - 1)));
        cluster.put(Samples.slice("db", "db-" + i, "10.0.0." + i));
      }
      scenario.awaitEqual(cluster);
      int addresses = 1;
      for (List<ClusterEvent> batch : scenario.served.batches()) {
        for (ClusterEvent event : batch) {
          addresses += event instanceof ClusterEvent.Put ? 1 : -1;
        }
        assertThat(addresses).isPositive();
      }
    }
  }

  @Test
  void servesTheSnapshotWhileTheServerIsAwayAndThenTheDifferences() throws Exception {
    Path file = directory.resolve("snapshot");
    int port;
    try (var closed = new FakeApiServer(cluster)) {
      port = closed.port();
    }
    String url = "http://127.0.0.1:" + port;
    var options = options(url, List.of(), Endpoints.ALL, file);
    var web = Samples.service("web", "10.96.0.1");
    var gone = Samples.service("gone", "10.96.0.2");
    cluster.put(web, Samples.service("new", "10.96.0.3"));
    SnapshotFile.write(file, ApiSource.scope("test", options), Instant.EPOCH, List.of(web, gone));
    try (var scenario = new Scenario(url, options, Scenario.SHORT)) {
      assertThat(scenario.objects(Kind.SERVICE))
          .isEqualTo(Map.of(web.key(), web, gone.key(), gone));
      assertThat(scenario.served.synced(Kind.SERVICE)).isFalse();
      assertThat(scenario.status(Kind.SERVICE).fromSnapshot()).isTrue();
      scenario.served.forgetEvents();
      try (var _ = new FakeApiServer(cluster, port)) {
        scenario.awaitSynced(Kind.SERVICE);
        scenario.awaitEqual(cluster);
        assertThat(scenario.status(Kind.SERVICE).fromSnapshot()).isFalse();
        assertThat(scenario.served.events())
            .as("what has not changed is not told again")
            .noneMatch(event -> event.equals(new ClusterEvent.Put(web)));
      }
    }
  }

  /// So that the names of Services are answered while endpoints are still read.
  @Test
  void tellsOfEachKindOfTheSnapshotOnceItIsComplete() throws Exception {
    Path file = directory.resolve("snapshot");
    String url = awayServer();
    var options = options(url, List.of(), Endpoints.ALL, file);
    List<ClusterObject> objects =
        List.of(
            Samples.namespace("shop"),
            Samples.service("web", "10.96.0.1"),
            Samples.headless("db"),
            Samples.slice("db", "db-1", "10.0.0.1"));
    SnapshotFile.write(file, ApiSource.scope("test", options), Instant.EPOCH, objects);
    try (var scenario = new Scenario(url, options, Scenario.SHORT)) {
      assertThat(scenario.served.events())
          .containsExactly(
              new ClusterEvent.Put(objects.get(0)),
              new ClusterEvent.Restored(Kind.NAMESPACE),
              new ClusterEvent.Put(objects.get(1)),
              new ClusterEvent.Put(objects.get(2)),
              new ClusterEvent.Restored(Kind.SERVICE),
              new ClusterEvent.Put(objects.get(3)),
              new ClusterEvent.Restored(Kind.ENDPOINT_SLICE),
              new ClusterEvent.Restored(Kind.POD),
              new ClusterEvent.Restored(Kind.SERVICE_IMPORT));
    }
  }

  @Test
  void aTornSnapshotIsIgnored() throws Exception {
    Path file = directory.resolve("snapshot");
    Files.writeString(file, "CZS1, torn");
    Path unfinished = directory.resolve("snapshot.new");
    Files.writeString(unfinished, "CZS1 of a process that died");
    cluster.put(Samples.service("web", "10.96.0.1"));
    try (var server = new FakeApiServer(cluster);
        var scenario =
            new Scenario(
                server.url(),
                options(server.url(), List.of(), Endpoints.ALL, file),
                Scenario.SHORT)) {
      scenario.awaitSynced(Kind.SERVICE);
      scenario.awaitEqual(cluster);
      assertThat(unfinished).doesNotExist();
    }
  }

  /// Names of another cluster would be worse than none.
  @Test
  void aSnapshotOfAnotherServerIsIgnored() throws Exception {
    Path file = directory.resolve("snapshot");
    String url = awayServer();
    try (var logged = new Logged(ApiSource.class)) {
      var options = options(url, List.of(), Endpoints.ALL, file);
      String scope = ApiSource.scope("192.0.2.1:6443", options);
      var web = Samples.service("web", "10.96.0.1");
      SnapshotFile.write(file, scope, Instant.EPOCH, List.of(web));
      try (var scenario = new Scenario(url, options, Scenario.SHORT)) {
        assertThat(scenario.served.events()).isEmpty();
        assertThat(logged.lines())
            .contains(
                "WARNING "
                    + file
                    + ": snapshot ignored: taken of another server or with other options: "
                    + scope);
      }
    }
  }

  /// Where no server answers.
  private String awayServer() throws Exception {
    try (var closed = new FakeApiServer(cluster)) {
      return closed.url();
    }
  }

  /// The checksum is right, and yet an object makes no sense: what stands before it is better than
  /// nothing, and no more is claimed.
  @Test
  void servesWhatCanBeReadOfASnapshotAndSaysSo() throws Exception {
    Path file = directory.resolve("snapshot");
    String url = awayServer();
    try (var logged = new Logged(ApiSource.class)) {
      var options = options(url, List.of(), Endpoints.ALL, file);
      String scope = ApiSource.scope("test", options);
      var web = Samples.service("web", "10.96.0.1");
      var lost = Samples.service("lost", "10.96.0.2");
      SnapshotFile.write(file, scope, Instant.EPOCH, List.of(web, lost));
      Snapshots.change(file, Snapshots.endOf(file, scope, List.of(web)), 9);
      try (var scenario = new Scenario(url, options, Scenario.SHORT)) {
        assertThat(scenario.objects(Kind.SERVICE)).isEqualTo(Map.of(web.key(), web));
        assertThat(scenario.served.events()).noneMatch(ClusterEvent.Restored.class::isInstance);
        assertThat(logged.lines())
            .filteredOn(line -> line.startsWith("WARNING"))
            .containsExactly(
                "WARNING "
                    + file
                    + ": 1 of 2 objects can be read, and are served until the API server tells of"
                    + " them: an object of kind 9");
      }
    }
  }

  /// As when a Corefile with two clusters fails over the second while the first is read.
  @Test
  void aSourceThatIsClosedWhileItStartsWatchesNothing() throws Exception {
    Path file = directory.resolve("snapshot");
    var options = options(awayServer(), List.of(), Endpoints.ALL, file);
    Snapshots.write(file, options, Instant.EPOCH);
    var source = new AtomicReference<@Nullable ApiSource>();
    try (var starting =
        new ApiSource(
            options, _ -> Objects.requireNonNull(source.get()).close(), ApiObserver.NONE)) {
      source.set(starting);
      assertThatThrownBy(starting::start).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aClosedSourceLeavesNoConnection() throws Exception {
    try (var server = new FakeApiServer(cluster)) {
      try (var scenario = new Scenario(server)) {
        scenario.awaitSynced(Kind.SERVICE, Kind.NAMESPACE, Kind.ENDPOINT_SLICE);
        assertThat(server.openConnections()).isPositive();
      }
      await()
          .until(() -> {
            cluster.put(Samples.namespace("n"), Samples.headless("x"));
            cluster.put(Samples.slice("x", "x", "10.0.0.1"));
            return server.openConnections() == 0;
          });
    }
  }
}
