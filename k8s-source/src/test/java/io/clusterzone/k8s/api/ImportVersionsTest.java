package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.connect.ApiLimits;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ServiceImports in whatever version they are served, and what requests ask to be left out.
@Timeout(60)
final class ImportVersionsTest {
  private final FakeCluster cluster = new FakeCluster();

  private static Scenario follow(FakeApiServer server) throws InterruptedException {
    ApiOptions options = Scenario.options(server.url());
    return new Scenario(
        server.url(),
        new ApiOptions(
            options.access(),
            List.of(),
            "",
            "",
            ApiOptions.Endpoints.ALL,
            false,
            false,
            true,
            ApiLimits.DEFAULT,
            null),
        Scenario.SHORT);
  }

  private static List<String> askedFor(FakeApiServer server) {
    return server.asked().stream()
        .map(FakeApiServer.Asked::path)
        .filter(path -> path.startsWith(ImportVersions.GROUP + "/"))
        .map(path -> path.split("/", -1)[3])
        .distinct()
        .toList();
  }

  /// The storage version is `v1beta1`; a group may have versions of its other kinds alone.
  @ParameterizedTest
  @CsvSource({
    "v1beta1 v1alpha1, '', v1beta1",
    "v1beta1, '', v1beta1",
    "v1alpha1, '', v1alpha1",
    "v1alpha1, v1, v1alpha1",
    "v1alpha1, v1beta1, v1beta1 v1alpha1",
  })
  void theBestIsWatchedThatIsServed(String served, String others, String asked) throws Exception {
    cluster.put(Samples.serviceImport("web", false, "10.1.0.1"));
    try (var server = new FakeApiServer(cluster)) {
      server.serveImports(
          List.of(served.split(" ", -1)), others.isEmpty() ? new String[0] : new String[] {others});
      try (var scenario = follow(server)) {
        scenario.awaitSynced(Kind.SERVICE_IMPORT);
        assertThat(scenario.objects(Kind.SERVICE_IMPORT)).containsKey(Samples.key("web"));
        assertThat(askedFor(server)).containsExactly(asked.split(" ", -1));
      }
    }
  }

  /// A definition is changed under a server that runs: its watches end, and the old version is not
  /// found any more.
  @Test
  void anotherVersionIsWatchedOnceTheOneBeforeIsGone() throws Exception {
    cluster.put(Samples.serviceImport("web", false, "10.1.0.1"));
    try (var server = new FakeApiServer(cluster)) {
      server.serveImports(List.of("v1alpha1"));
      try (var scenario = follow(server)) {
        scenario.awaitSynced(Kind.SERVICE_IMPORT);
        server.serveImports(List.of("v1beta1"));
        server.cut();
        cluster.put(new ServiceImport(Samples.key("db"), true, true, List.of(), List.of()));
        await().until(() -> scenario.serves(Kind.SERVICE_IMPORT, Samples.key("db")));
        assertThat(scenario.status(Kind.SERVICE_IMPORT).relists(RelistReason.START)).isOne();
        assertThat(askedFor(server)).containsExactly("v1alpha1", "v1beta1");
      }
    }
  }

  @Test
  void aClusterWithoutImportsSaysSoUntilThereAreSome() throws Exception {
    try (var server = new FakeApiServer(cluster)) {
      server.serveImports(List.of());
      try (var scenario = follow(server)) {
        await()
            .untilAsserted(() ->
                assertThat(scenario.status(Kind.SERVICE_IMPORT).problems())
                    .first()
                    .asString()
                    .contains("the server has no such kind"));
        server.serveImports(List.of("v1beta1"));
        scenario.awaitSynced(Kind.SERVICE_IMPORT);
      }
    }
  }

  /// Who may not ask discovery still finds them.
  @Test
  void versionsAreTriedWhereDiscoveryIsRefused() throws Exception {
    try (var server = new FakeApiServer(cluster)) {
      server.serveImports(List.of("v1alpha1"));
      server.fault(
          (asked, reply) -> asked.isDiscovery() && reply.refuse(403, "Forbidden", "no", 0));
      try (var scenario = follow(server)) {
        scenario.awaitSynced(Kind.SERVICE_IMPORT);
      }
    }
  }

  /// KEP-5958: `drop=metadata.managedFields` is a parameter of each media type.
  @Test
  void managedFieldsAreNotAskedFor() throws Exception {
    try (var server = new FakeApiServer(cluster)) {
      try (var scenario = follow(server)) {
        scenario.awaitSynced(Kind.SERVICE, Kind.SERVICE_IMPORT);
        for (FakeApiServer.Asked asked : server.asked()) {
          assertThat(asked.accept().split(",", -1))
              .allMatch(type -> type.contains(";drop=metadata.managedFields"));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"406", "415"})
  void aServerThatRefusesIsAskedWithoutFromThenOn(int status) throws Exception {
    try (var server = new FakeApiServer(cluster)) {
      server.fault((asked, reply) ->
          asked.accept().contains("drop=") && reply.refuse(status, "NotAcceptable", "no", 0));
      try (var scenario = follow(server)) {
        scenario.awaitSynced(Kind.NAMESPACE, Kind.SERVICE, Kind.SERVICE_IMPORT);
        int before = server.asked().size();
        server.cut();
        cluster.put(Samples.service("web", "10.96.0.1"));
        await().until(() -> scenario.serves(Kind.SERVICE, Samples.key("web")));
        assertThat(server.asked().subList(before, server.asked().size()))
            .noneMatch(asked -> asked.accept().contains("drop="));
      }
    }
  }
}
