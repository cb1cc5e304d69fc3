package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that an API server does to its clients, over real sockets. After each, what is served
/// equals what the server holds.
@Timeout(60)
final class ApiScenarioTest {
  private final FakeCluster cluster = new FakeCluster();

  @BeforeEach
  void fill() {
    Scenario.fill(cluster);
  }

  /// Changes of each sort, while it is followed.
  private void churn() {
    Scenario.churn(cluster);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, 1048576",
    "true, true, 1",
    "true, false, 1048576",
    "false, true, 1048576",
    "false, false, 3"
  })
  void learnsAndFollows(boolean watchList, boolean protobuf, int chunk) throws Exception {
    cluster.put(Samples.services(600));
    try (var server = new FakeApiServer(cluster).chunksOf(chunk)) {
      if (!watchList) {
        server.withoutWatchList();
      }
      if (!protobuf) {
        server.jsonOnly();
      }
      try (var scenario = new Scenario(server)) {
        scenario.awaitSynced(Kind.NAMESPACE, Kind.SERVICE, Kind.ENDPOINT_SLICE);
        scenario.awaitEqual(cluster);
        churn();
        scenario.awaitEqual(cluster);
        assertThat(server.count(Kind.SERVICE, false)).isEqualTo(watchList ? 0 : 2);
        assertThat(scenario.status(Kind.SERVICE).relists(RelistReason.START)).isOne();
      }
    }
  }

  @Test
  void waitsForAServerThatIsAwayAtTheStart() throws Exception {
    int port = FreePorts.next();
    String url = "http://127.0.0.1:" + port;
    try (var scenario = new Scenario(url, Scenario.options(url), Scenario.SHORT)) {
      await().until(() -> !scenario.status(Kind.SERVICE).problems().isEmpty());
      assertThat(scenario.status(Kind.SERVICE).problems().iterator().next())
          .isEqualTo(url + ": connection refused");
      try (var _ = new FakeApiServer(cluster, port)) {
        scenario.awaitSynced(Kind.SERVICE);
        scenario.awaitEqual(cluster);
        await().until(() -> scenario.status(Kind.SERVICE).problems().isEmpty());
      }
    }
  }

  @Test
  void goesOnAfterEveryConnectionIsCut() throws Exception {
    try (var server = new FakeApiServer(cluster);
        var scenario = new Scenario(server)) {
      scenario.awaitEqual(cluster);
      server.cut();
      churn();
      scenario.awaitEqual(cluster);
      assertThat(scenario.status(Kind.SERVICE).relists(RelistReason.EXPIRED)).isZero();
    }
  }

  @Test
  void listsAgainWhenItsVersionHasExpired() throws Exception {
    try (var server = new FakeApiServer(cluster);
        var scenario = new Scenario(server)) {
      scenario.awaitEqual(cluster);
      scenario.served.forgetEvents();
      server.fault((_, reply) -> reply.refuse(500, "InternalError", "etcd", 0));
      server.cut();
      churn();
      cluster.compact();
      server.healed();
      scenario.awaitEqual(cluster);
      assertThat(scenario.status(Kind.SERVICE).relists(RelistReason.EXPIRED)).isPositive();
      assertThat(scenario.served.events())
          .as("only what differs is told")
          .filteredOn(ClusterEvent.Put.class::isInstance)
          .hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void anExpiredEventInAWatchLeadsToAList() throws Exception {
    var once = new AtomicBoolean();
    try (var server = new FakeApiServer(cluster)) {
      server.fault((asked, reply) -> {
        if (!asked.isWatch() || asked.wantsAllFirst() || !once.compareAndSet(false, true)) {
          return false;
        }
        reply.begin(200, "");
        reply.send(reply.encoding().error(410, "Expired", "too old", 0));
        reply.end();
        return true;
      });
      try (var scenario = new Scenario(server.withoutWatchList())) {
        await().until(once::get);
        churn();
        scenario.awaitEqual(cluster);
      }
    }
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    var refused = new AtomicInteger();
    try (var server = new FakeApiServer(cluster)) {
      server.fault((asked, reply) ->
          asked.kind() == Kind.SERVICE
              && refused.getAndIncrement() == 0
              && reply.refuse(429, "TooManyRequests", "slow down", 1));
      long begun = System.nanoTime();
      try (var scenario = new Scenario(server)) {
        scenario.awaitSynced(Kind.SERVICE);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .isGreaterThan(Duration.ofSeconds(1));
        scenario.awaitEqual(cluster);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"403, permissions list and watch", "404, no such kind"})
  void servesTheRestWhereAKindIsRefused(int status, String problem) throws Exception {
    try (var server = new FakeApiServer(cluster)) {
      server.fault((asked, reply) ->
          asked.kind() == Kind.ENDPOINT_SLICE
              && reply.refuse(status, "Reason", "endpointslices is refused", 0));
      try (var scenario = new Scenario(server)) {
        scenario.awaitSynced(Kind.NAMESPACE, Kind.SERVICE);
        await()
            .untilAsserted(() ->
                assertThat(scenario.status(Kind.ENDPOINT_SLICE).problems())
                    .first()
                    .asString()
                    .contains(problem, "endpointslices is refused"));
        server.healed();
        scenario.awaitEqual(cluster);
      }
    }
  }

  /// The limits on requests and the paths that there are not come before the API and its Status.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain; charset=utf-8 | 429 HTTP status: Too many requests, please try again later.",
        "text/html | 429 HTTP status"
      })
  void saysWhatARefusalInPlainTextSays(String mediaType, String problem) throws Exception {
    String body = "Too many requests, please try again later.\nforged\n";
    try (var server = new FakeApiServer(cluster)) {
      server.fault((_, reply) -> {
        reply.raw(
            "HTTP/1.1 429 x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(mediaType, body.length(), body));
        return true;
      });
      try (var scenario = new Scenario(server)) {
        await()
            .untilAsserted(() ->
                assertThat(scenario.status(Kind.SERVICE).problems()).containsExactly(problem));
        server.healed();
        scenario.awaitEqual(cluster);
      }
    }
  }

  @Test
  void givesUpAConnectionThatNeverAnswers() throws Exception {
    var hanging = new AtomicInteger();
    try (var server = new FakeApiServer(cluster)) {
      server.fault((_, _) -> hanging.getAndIncrement() < 3);
      try (var scenario = new Scenario(server)) {
        scenario.awaitSynced(Kind.SERVICE);
        churn();
        scenario.awaitEqual(cluster);
        await().until(() -> server.openConnections() == 3);
      }
    }
  }

  @Test
  void givesUpAWatchThatFallsSilent() throws Exception {
    var silent = new AtomicBoolean();
    var patience = quick(Duration.ofMillis(300));
    try (var server = new FakeApiServer(cluster)) {
      server.fault((asked, reply) -> {
        if (silent.get() || !asked.isWatch() || asked.wantsAllFirst()) {
          return false;
        }
        reply.begin(200, "");
        return silent.compareAndSet(false, true);
      });
      try (var scenario = new Scenario(server.withoutWatchList(), patience)) {
        await().until(silent::get);
        churn();
        scenario.awaitEqual(cluster);
      }
    }
  }

  /// No bookmark tells of a version that the watch began with: a server has nothing to say of a
  /// kind that does not change.
  @Test
  void aWatchOfWhatDoesNotChangeIsNoProblem() throws Exception {
    try (var server = new FakeApiServer(cluster);
        var scenario = new Scenario(server, quick(Duration.ofMillis(50)))) {
      scenario.awaitEqual(cluster);
      var service = scenario.status(Kind.SERVICE);
      long before = service.watches();
      await()
          .pollInterval(Duration.ofMillis(1))
          .failFast(() -> assertThat(service.problems()).isEmpty())
          .until(() -> {
            cluster.bookmark(Kind.SERVICE);
            return service.watches() > before + 5;
          });
      churn();
      scenario.awaitEqual(cluster);
      assertThat(service.relists(RelistReason.BACKWARDS)).isZero();
    }
  }

  @Test
  void listsWhereWatchListNeverEnds() throws Exception {
    var patience = quick(Duration.ofMillis(300));
    try (var server = new FakeApiServer(cluster)) {
      server.fault((asked, reply) -> {
        if (asked.wantsAllFirst()) {
          reply.begin(200, "");
        }
        return asked.wantsAllFirst();
      });
      try (var scenario = new Scenario(server, patience)) {
        scenario.awaitSynced(Kind.SERVICE);
        churn();
        scenario.awaitEqual(cluster);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 333})
  void startsOverAfterBodiesThatBreakOffAnywhere(int octets) throws Exception {
    try (var server = new FakeApiServer(cluster).tearingAfter(octets)) {
      try (var scenario = new Scenario(server)) {
        await().until(() -> server.asked().size() > 10);
        server.tearingAfter(0);
        scenario.awaitEqual(cluster);
      }
    }
  }

  @Test
  void startsOverAfterABodyThatIsTornOrRubbish() throws Exception {
    var faults = new AtomicInteger();
    try (var server = new FakeApiServer(cluster).jsonOnly()) {
      server.fault((asked, reply) -> {
        int fault = asked.kind() == Kind.SERVICE ? faults.getAndIncrement() : 9;
        if (fault > 2) {
          return false;
        }
        reply.begin(200, "");
        String part = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"h\u00e9";
        byte[] octets = part.getBytes(UTF_8);
        switch (fault) {
          case 0 -> reply.send(Arrays.copyOf(octets, octets.length - 1));
          case 1 -> reply.send("<html>502 from a proxy</html>".getBytes(UTF_8));
          default -> reply.send(new byte[0]);
        }
        if (fault == 0) {
          throw new IOException("torn");
        }
        reply.end();
        return true;
      });
      try (var scenario = new Scenario(server)) {
        scenario.awaitSynced(Kind.SERVICE);
        scenario.awaitEqual(cluster);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void waitsForAServerThatIsSlow(boolean watchList) throws Exception {
    try (var server = new FakeApiServer(cluster).chunksOf(300).pausing(10)) {
      if (!watchList) {
        server.withoutWatchList();
      }
      try (var scenario = new Scenario(server, quick(Duration.ofSeconds(3)))) {
        scenario.awaitEqual(cluster);
        churn();
        scenario.awaitEqual(cluster);
        assertThat(server.asked()).filteredOn(asked -> asked.wantsAllFirst()).hasSize(3);
      }
    }
  }

  @Test
  void healsDriftAndCountsIt() throws Exception {
    var patience = checking(Duration.ofMillis(100), Duration.ofMillis(100));
    try (var server = new FakeApiServer(cluster);
        var scenario = new Scenario(server, patience)) {
      scenario.awaitEqual(cluster);
      await().until(() -> scenario.status(Kind.SERVICE).lastCleanCheck().isAfter(Instant.EPOCH));
      assertThat(scenario.status(Kind.SERVICE).drift()).isZero();
      cluster.changeSilently(Samples.service("s1", "10.96.200.1"));
      cluster.changeSilently(Samples.service("unheard", "10.96.200.2"));
      cluster.removeSilently(Kind.SERVICE, Samples.key("s3"));
      scenario.awaitEqual(cluster);
      assertThat(scenario.status(Kind.SERVICE).drift()).isEqualTo(3);
      assertThat(scenario.status(Kind.SERVICE).relists(RelistReason.DRIFT)).isOne();
    }
  }

  @Test
  void aFloodIsHeldBackAndArrives() throws Exception {
    try (var server = new FakeApiServer(cluster);
        var scenario = new Scenario(server)) {
      scenario.awaitEqual(cluster);
      scenario.served.block(true);
      for (int i = 0; i < 3000; i++) {
        cluster.put(Samples.service("flood" + i % 500, "10.97." + i % 200 + "." + i % 250));
      }
      scenario.served.block(false);
      scenario.awaitEqual(cluster);
    }
  }

  /// Changes and faults in any order.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void comesOutRightOfAnyStorm(long seed) throws Exception {
    var random = new Random(seed);
    var failing = new AtomicInteger();
    try (var server = new FakeApiServer(cluster).chunksOf(1 + random.nextInt(500))) {
      server.fault((_, reply) ->
          failing.getAndUpdate(n -> Math.max(0, n - 1)) > 0
              && reply.refuse(503, "Unavailable", "starting", 0));
      if (seed == 2) {
        server.withoutWatchList();
      } else if (seed == 3) {
        server.jsonOnly();
      }
      try (var scenario = new Scenario(server)) {
        for (int step = 0; step < 250; step++) {
          String name = "x" + random.nextInt(20);
          switch (random.nextInt(40)) {
            case 0 -> server.cut();
            case 1 -> cluster.compact();
            case 2 -> failing.set(random.nextInt(3));
            case 3 -> cluster.bookmark(Kind.SERVICE);
            case 4 -> server.chunksOf(1 + random.nextInt(500));
            case 5, 6, 7, 8 -> cluster.remove(Kind.SERVICE, Samples.key(name));
            case 9, 10, 11 -> cluster.remove(Kind.ENDPOINT_SLICE, Samples.key(name));
            case 12, 13, 14, 15, 16 ->
                cluster.put(Samples.slice("db", name, "10.0.1." + random.nextInt(250)));
            default -> cluster.put(Samples.service(name, "10.96.1." + random.nextInt(250)));
          }
          if (step % 50 == 0) {
            scenario.awaitEqual(cluster);
          }
        }
        scenario.awaitEqual(cluster);
      } catch (AssertionError | ConditionTimeoutException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static Patience quick(Duration silence) {
    Patience p = Scenario.SHORT;
    return new Patience(
        silence,
        silence,
        p.shortestWatch(),
        p.longestWatch(),
        p.checkInterval(),
        p.settle(),
        p.longestPause(),
        p.hold());
  }

  private static Patience checking(Duration interval, Duration settle) {
    Patience p = Scenario.SHORT;
    return new Patience(
        p.watchSilence(),
        p.listSilence(),
        p.shortestWatch(),
        p.longestWatch(),
        interval,
        settle,
        p.longestPause(),
        p.hold());
  }
}
