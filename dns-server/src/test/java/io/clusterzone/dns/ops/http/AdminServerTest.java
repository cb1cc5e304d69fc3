package io.clusterzone.dns.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.ops.HealthCounters;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.dns.ops.drain.DrainLimits;
import io.clusterzone.dns.ops.drain.DrainState;
import io.clusterzone.dns.ops.drain.Readiness;
import io.clusterzone.k8s.api.FreePorts;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The endpoints as the JDK's own client sees them.
final class AdminServerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final AtomicBoolean synced = new AtomicBoolean();
  private final DrainState drain = new DrainState(() -> 0, () -> 0);
  private final AtomicReference<List<String>> remarks = new AtomicReference<>(List.of());
  private final Readiness readiness =
      new Readiness(
          List.of(new Readiness.Part("kubernetes", synced::get, remarks::get)), false, drain);
  private final AdminServer server = new AdminServer();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    int port = server.addresses().getFirst().getPort();
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
      return client.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void healthIsUpFromTheStartAndWhileDraining() throws Exception {
    server.serve(List.of(Endpoint.health(ANY)));
    assertThat(get("/health").statusCode()).isEqualTo(200);
    drain.begin(DrainLimits.NONE);
    assertThat(get("/health?probe").body()).isEqualTo("OK");
  }

  @Test
  void readyNamesWhatIsMissingAndFailsFirstOfAll() throws Exception {
    server.serve(List.of(Endpoint.ready(ANY, readiness)));
    assertThat(get("/ready"))
        .returns(503, HttpResponse::statusCode)
        .returns("kubernetes", HttpResponse::body);
    remarks.set(List.of("kubernetes: pods not known", "kubernetes: services stale"));
    assertThat(get("/ready").body())
        .isEqualTo("kubernetes\nkubernetes: pods not known\nkubernetes: services stale");
    synced.set(true);
    remarks.set(List.of("kubernetes: services stale"));
    assertThat(get("/ready"))
        .returns(200, HttpResponse::statusCode)
        .returns("OK\nkubernetes: services stale", HttpResponse::body);
    remarks.set(List.of());
    assertThat(get("/ready"))
        .returns(200, HttpResponse::statusCode)
        .returns("OK", HttpResponse::body);
    drain.begin(DrainLimits.NONE);
    assertThat(get("/ready"))
        .returns(503, HttpResponse::statusCode)
        .returns("shutting down", HttpResponse::body);
  }

  @Test
  void severalEndpointsShareAnAddress() throws Exception {
    HealthCounters counters = new HealthCounters();
    server.serve(
        List.of(Endpoint.health(ANY), Endpoint.metrics(ANY, new Metrics(List.of(counters)))));
    assertThat(server.addresses()).hasSize(1);
    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.body()).contains("coredns_health_request_failures_total 0\n");
    assertThat(metrics.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(get("/health").body()).isEqualTo("OK");
    assertThat(get("/other"))
        .returns(404, HttpResponse::statusCode)
        .returns("there is /health, /metrics", HttpResponse::body);
  }

  @Test
  void answersGetAndHeadAlone() throws Exception {
    server.serve(List.of(Endpoint.health(ANY)));
    assertThat(send("HEAD", "/health"))
        .returns(200, HttpResponse::statusCode)
        .returns("", HttpResponse::body)
        .satisfies(reply -> assertThat(reply.headers().firstValue("Content-Length")).contains("2"));
    assertThat(send("POST", "/health"))
        .returns(405, HttpResponse::statusCode)
        .satisfies(reply -> assertThat(reply.headers().firstValue("Allow")).contains("GET, HEAD"));
  }

  @Test
  void theRootIsAListOfLinks() throws Exception {
    server.serve(
        List.of(Endpoint.health(ANY), new Endpoint(ANY, "/b", _ -> HttpReply.plain(200, "b"))));
    assertThat(get("/"))
        .returns(200, HttpResponse::statusCode)
        .extracting(HttpResponse::body)
        .asString()
        .contains("<a href=\"/b\">/b</a>", "<a href=\"/health\">/health</a>");
  }

  @Test
  void aPageThatFailsIsAnErrorAndTheServerGoesOn() throws Exception {
    HttpPage broken =
        _ -> {
          throw new IllegalStateException("a bug");
        };
    server.serve(List.of(new Endpoint(ANY, "/broken", broken), Endpoint.health(ANY)));
    assertThat(get("/broken"))
        .returns(500, HttpResponse::statusCode)
        .returns("see the log", HttpResponse::body);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void aTakenPortIsNamedAndNothingIsLeftOpen() throws Exception {
    server.serve(List.of(Endpoint.health(ANY)));
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress taken = (InetSocketAddress) other.getLocalSocketAddress();
      InetSocketAddress free = freeAddress();
      assertThatExceptionOfType(HttpBindFailure.class)
          .isThrownBy(
              () -> server.serve(List.of(Endpoint.health(free), Endpoint.ready(taken, readiness))))
          .withMessageContaining("Address already in use")
          .withCauseInstanceOf(BindException.class)
          .returns(taken, HttpBindFailure::address);
      new ServerSocket(free.getPort(), 1, free.getAddress()).close();
    }
    assertThat(get("/health").body()).isEqualTo("OK");
  }

  private static InetSocketAddress freeAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next());
  }

  /// A reload may take back at once what the one before it gave up.
  @Test
  void anAddressIsFreeWhenItIsClosed() throws Exception {
    InetSocketAddress address = freeAddress();
    for (int i = 0; i < 200; i++) {
      server.serve(List.of(Endpoint.health(address)));
      server.serve(List.of());
      new ServerSocket(address.getPort(), 1, address.getAddress()).close();
    }
  }

  /// A reload: what stays is listened on all the time, what is gone is closed.
  @Test
  void takesOtherEndpointsWithoutLettingGoOfAnAddressThatStays() throws Exception {
    InetSocketAddress gone = freeAddress();
    server.serve(List.of(Endpoint.health(ANY), Endpoint.health(gone)));
    int port = server.addresses().getFirst().getPort();
    server.serve(List.of(Endpoint.ready(ANY, readiness)));
    assertThat(server.addresses()).singleElement().returns(port, InetSocketAddress::getPort);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health").statusCode()).isEqualTo(404);
    new ServerSocket(gone.getPort(), 1, gone.getAddress()).close();
  }

  /// A network that is being set up: an IPv6 address is tentative at first.
  @Test
  void anAddressThatComesLaterIsListenedOnThen() throws Exception {
    int port = FreePorts.next();
    var late = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port);
    var here = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    var missing = new AtomicBoolean(true);
    AdminServer.Opener opener =
        (address, pages) -> {
          if (address.equals(late) && missing.get()) {
            throw new BindException("Cannot assign requested address");
          }
          return HttpListener.start(address, HttpListener.Limits.DEFAULTS, pages);
        };
    try (var waiting = new AdminServer(opener, Duration.ofMillis(5))) {
      waiting.serve(List.of(Endpoint.health(late), Endpoint.health(here)));
      assertThat(waiting.addresses()).containsExactly(here);
      missing.set(false);
      await().untilAsserted(() -> assertThat(waiting.addresses()).contains(here, late));
      waiting.serve(List.of(Endpoint.health(late)));
      assertThat(waiting.addresses()).containsExactly(late);
    }
  }
}
