package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiConnection;
import io.clusterzone.k8s.api.connect.ApiLimits;
import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.api.connect.HttpTransport;
import io.clusterzone.k8s.api.connect.Timing;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// A source, what it serves, and how long it waits: short, where real ones wait for minutes.
final class Scenario implements AutoCloseable {
  static final Patience SHORT =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(300),
          Duration.ofSeconds(600),
          Duration.ofSeconds(300),
          Duration.ofSeconds(60),
          Duration.ofMillis(300),
          Duration.ofMillis(300));

  final ServedModel served = new ServedModel();
  private final ApiSource source;

  Scenario(String url, ApiOptions options, Patience patience) throws InterruptedException {
    var config =
        ApiConnection.read(new ApiAccess.Endpoint(url, "", "", ""), Map.of(), Path.of("/nowhere"))
            .config();
    var client = new JdkHttpClientFactory().newBuilder(config).preferHttp11().build();
    var transport = new HttpTransport(client, url, Duration.ofMillis(500));
    source =
        new ApiSource(
            options,
            served,
            ApiObserver.NONE,
            new ApiConnection.Opened(transport, () -> "test"),
            Timing.SYSTEM,
            new Random(1),
            patience);
    source.start();
  }

  Scenario(FakeApiServer server) throws InterruptedException {
    this(server, SHORT);
  }

  Scenario(FakeApiServer server, Patience patience) throws InterruptedException {
    this(server.url(), options(server.url()), patience);
  }

  static ApiOptions options(String url) {
    return new ApiOptions(
        new ApiAccess.Endpoint(url, "", "", ""),
        List.of(),
        "",
        "",
        ApiOptions.Endpoints.ALL,
        true,
        false,
        false,
        ApiLimits.DEFAULT,
        null);
  }

  KindStatus status(Kind kind) {
    return source.status().stream().filter(s -> s.kind() == kind).findFirst().orElseThrow();
  }

  void awaitSynced(Kind... kinds) {
    await().until(() -> Stream.of(kinds).allMatch(served::synced));
  }

  /// The invariant: what is served becomes what the store holds.
  void awaitEqual(FakeCluster cluster) {
    for (Kind kind : List.of(Kind.NAMESPACE, Kind.SERVICE, Kind.ENDPOINT_SLICE)) {
      await()
          .untilAsserted(() -> assertThat(served.objects(kind)).isEqualTo(cluster.objects(kind)));
    }
  }

  boolean serves(Kind kind, ObjectKey key) {
    return served.objects(kind).containsKey(key);
  }

  Map<ObjectKey, ClusterObject> objects(Kind kind) {
    return served.objects(kind);
  }

  @Override
  public void close() {
    source.close();
  }

  /// What there is at first.
  static void fill(FakeCluster store) {
    store.put(Samples.namespace("shop"), Samples.namespace("empty"));
    store.put(Samples.services(30));
    store.put(Samples.headless("db"), Samples.slice("db", "db-1", "10.0.0.1", "10.0.0.2"));
  }

  /// Changes of each sort.
  static void churn(FakeCluster store) {
    store.put(Samples.headless("new"), Samples.service("s1", "10.96.9.9"));
    store.put(Samples.slice("db", "db-1", "10.0.0.1"), Samples.slice("db", "db-2", "10.0.0.3"));
    store.remove(Kind.SERVICE, Samples.key("s2"));
    store.remove(Kind.NAMESPACE, Samples.namespace("empty").key());
  }
}
