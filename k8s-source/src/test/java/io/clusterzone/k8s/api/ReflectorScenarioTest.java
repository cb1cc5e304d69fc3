package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.model.Kind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReflectorScenarioTest {
  private final FakeCluster cluster = new FakeCluster();
  private final ServedModel served = new ServedModel();

  @Test
  void learnsAndFollows() throws Exception {
    cluster.put(Samples.services(1200));
    try (var server = new FakeApiServer(cluster)) {
      var config = Config.empty();
      config.setMasterUrl(server.url());
      var transport =
          new HttpTransport(
              new JdkHttpClientFactory().newBuilder(config).preferHttp11().build(),
              server.url(),
              Duration.ofSeconds(5));
      var status = new KindStatus(Kind.SERVICE);
      var feed = new KindFeed(Kind.SERVICE, served, status, new EmptyingGuard(Timing.SYSTEM, 1000));
      var reflector =
          new Reflector(
              Resource.all(Kind.SERVICE),
              transport,
              feed,
              Timing.SYSTEM,
              new Random(1),
              Patience.DEFAULT);
      var thread = Thread.ofVirtual().start(reflector);
      await().until(() -> served.synced(Kind.SERVICE));
      cluster.put(Samples.headless("db"));
      cluster.remove(Kind.SERVICE, Samples.key("s7"));
      await()
          .untilAsserted(() ->
              assertThat(served.objects(Kind.SERVICE)).isEqualTo(cluster.objects(Kind.SERVICE)));
      thread.interrupt();
      thread.join();
    }
  }
}
