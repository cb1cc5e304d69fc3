package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.k8s.api.FakeApiServer;
import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.api.FreePorts;
import io.clusterzone.k8s.api.Samples;
import io.clusterzone.k8s.api.Snapshots;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// A live cluster as clients and operators see it: before the API server is heard, while it keeps
/// something back, and when it is gone.
@Timeout(60)
final class LiveClusterTest {
  private static final String WEB = "web.shop.svc.cluster.local";
  private static final String DB = "db.shop.svc.cluster.local";
  private static final String NONE = "none.shop.svc.cluster.local";
  private static final String REVERSE_WEB = "1.0.96.10.in-addr.arpa";
  private static final String REVERSE_FOREIGN = "8.8.8.8.in-addr.arpa";

  private static final ClusterObject[] OBJECTS = {
    Samples.namespace("shop"),
    Samples.service("web", "10.96.0.1"),
    Samples.headless("db"),
    Samples.slice("db", "db-1", "10.0.0.1")
  };

  @TempDir private Path directory = Path.of("");
  private final FakeCluster cluster = new FakeCluster();
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeUpstream upstream = new FakeUpstream(asked -> List.of(negative(asked.query())));
  private int api;
  private int pages;

  @BeforeEach
  void fill() throws IOException {
    cluster.put(OBJECTS);
    api = FreePorts.next();
    pages = FreePorts.next();
  }

  @AfterEach
  void close() {
    http.close();
    upstream.close();
  }

  private static byte[] negative(Message query) {
    var reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setRcode(Rcode.NXDOMAIN);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    return reply.toWire();
  }

  private Corefile corefile(String more) {
    String text =
        """
        .:0 {
          bind 127.0.0.1
          ready 127.0.0.1:%1$d {
            monitor continuously
          }
          prometheus 127.0.0.1:%1$d
          kubernetes cluster.local in-addr.arpa ip6.arpa {
            endpoint http://127.0.0.1:%2$d
            fallthrough in-addr.arpa ip6.arpa
            %3$s
          }
          forward . 127.0.0.1:%4$d
        }
        """
            .formatted(pages, api, more, upstream.address().getPort());
    return parsed(text);
  }

  private static Corefile parsed(String text) {
    var parsed = CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result();
    assertThat(parsed).isInstanceOf(Corefile.Valid.class);
    return ((Corefile.Valid) parsed).corefile();
  }

  private static Message ask(Server server, String name, int type) throws IOException {
    var resolver = new SimpleResolver(server.addresses().getFirst());
    resolver.setTimeout(Duration.ofSeconds(10));
    resolver.setEDNS(0, 1232, 0, List.of());
    Record question = Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN);
    return resolver.send(Message.newQuery(question));
  }

  /// `NOERROR 10.96.0.1 3`: response code, the first record and the extended error, where there
  /// are.
  private static String answer(Server server, String name, int type) throws IOException {
    Message reply = ask(server, name, type);
    var text = new StringBuilder(Rcode.string(reply.getRcode()));
    reply.getSection(Section.ANSWER).stream()
        .limit(1)
        .forEach(record -> text.append(' ').append(record.rdataToString()));
    reply.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
        .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
        .forEach(code -> text.append(' ').append(code));
    return text.toString();
  }

  private HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pages + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String metric(String name, String kind) throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("clusterzone_kubernetes_" + name + "{"))
        .filter(line -> line.contains("kind=\"" + kind + "\""))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("none");
  }

  /// Names and reverse names of the cluster are nobody else's business while they are not known.
  private List<String> forwarded() {
    return upstream.received().stream()
        .map(received -> received.query().getQuestion())
        .filter(question -> question.getType() != Type.HINFO)
        .map(question -> question.getName().toString().toLowerCase(Locale.ROOT))
        .filter(name -> name.endsWith(".arpa.") || name.endsWith(".cluster.local."))
        .toList();
  }

  @Test
  void answersFromTheSnapshotAtOnceAndSaysSoUntilTheServerIsHeard() throws Exception {
    Path file = directory.resolve("snapshot");
    Corefile corefile = corefile("snapshot " + file + "\n startup_timeout 50s");
    Kubernetes kubernetes = Objects.requireNonNull(corefile.findFirst(Kubernetes.class));
    var kinds = EnumSet.of(Kind.NAMESPACE, Kind.SERVICE, Kind.ENDPOINT_SLICE);
    Instant hourAgo = Instant.now().minusSeconds(3600);
    Snapshots.write(file, KubernetesSettings.api(kubernetes, kinds), hourAgo, OBJECTS);
    long begun = System.nanoTime();
    try (Server server = Servers.start(corefile)) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as("the start does not wait for the API server")
          .isLessThan(kubernetes.startupTimeout());
      await().until(() -> answer(server, NONE, Type.A).equals("NXDOMAIN 19"));
      assertThat(answer(server, WEB, Type.A)).isEqualTo("NOERROR 10.96.0.1 3");
      assertThat(answer(server, DB, Type.A)).isEqualTo("NOERROR 10.0.0.1 3");
      assertThat(answer(server, WEB, Type.TXT)).isEqualTo("NOERROR 3");
      assertThat(answer(server, REVERSE_WEB, Type.PTR)).isEqualTo("NOERROR " + WEB + ". 3");
      assertThat(answer(server, REVERSE_FOREIGN, Type.PTR)).isEqualTo("SERVFAIL 14");
      assertThat(forwarded()).isEmpty();
      await()
          .untilAsserted(() ->
              assertThat(get("/ready"))
                  .returns(200, HttpResponse::statusCode)
                  .extracting(HttpResponse::body)
                  .asString()
                  .matches(
                      "OK(\nkubernetes: \\w+ of the snapshot, last proven fresh 36\\d\\d s ago"
                          + " \\(http://127.0.0.1:\\d+: connection refused\\)){3}"));
      assertThat(metric("from_snapshot", "services")).isEqualTo("1");
      assertThat(get("/metrics").body())
          .containsPattern("kubernetes_snapshot_bytes\\{.*} " + Files.size(file) + "\n")
          .containsPattern("snapshot_timestamp_seconds\\{.*} " + hourAgo.getEpochSecond() + "\n")
          .containsPattern("kubernetes_snapshot_failures_total\\{.*} 0\n");
      try (var _ = new FakeApiServer(cluster, api)) {
        await().until(() -> answer(server, WEB, Type.A).equals("NOERROR 10.96.0.1"));
        assertThat(answer(server, NONE, Type.A)).isEqualTo("NXDOMAIN 0");
        assertThat(answer(server, REVERSE_FOREIGN, Type.PTR)).isEqualTo("NXDOMAIN");
        assertThat(forwarded()).containsExactly(REVERSE_FOREIGN + ".");
        await().until(() -> get("/ready").body().equals("OK"));
        assertThat(metric("from_snapshot", "services")).isEqualTo("0");
        assertThat(metric("synced", "services")).isEqualTo("1");
      }
    }
  }

  /// Who is told that a server is ready asks it at once. The last of many sockets cannot be bound:
  /// all is known then, and no query would be answered.
  @Test
  void isNotReadyBeforeItListens() throws Exception {
    var statuses = new ConcurrentLinkedQueue<Integer>();
    try (var server = new FakeApiServer(cluster, api).pausing(100);
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var text =
          new StringBuilder(
              """
              .:%d {
                bind 127.0.0.1
                ready 127.0.0.1:%d
                kubernetes cluster.local {
                  endpoint %s
                }
              }
              """
                  .formatted(FreePorts.next(), pages, server.url()));
      for (int i = 0; i < 40; i++) {
        text.append(".:%d {\n bind 127.0.0.1\n}\n".formatted(FreePorts.next()));
      }
      text.append(".:%d {\n bind 127.0.0.1\n}\n".formatted(taken.getLocalPort()));
      Thread poller = Thread.ofVirtual().start(() -> pollReady(statuses));
      assertThatThrownBy(() -> Servers.start(parsed(text.toString())))
          .isInstanceOf(Unservable.class);
      poller.interrupt();
      poller.join();
    }
    assertThat(statuses).contains(503).doesNotContain(200);
  }

  /// Until it is interrupted.
  private void pollReady(Collection<Integer> statuses) {
    while (true) {
      try {
        statuses.add(get("/ready").statusCode());
      } catch (IOException e) {
        Thread.onSpinWait();
      } catch (Exception e) {
        return;
      }
    }
  }

  /// What is served while the Corefile changes is fresher than any snapshot.
  @Test
  void aChangeOfTheCorefileTakesNoAnswerBackToTheSnapshot() throws Exception {
    Path file = directory.resolve("snapshot");
    Corefile next = corefile("ttl 7\n snapshot " + file + "\n startup_timeout 50s");
    Kubernetes kubernetes = Objects.requireNonNull(next.findFirst(Kubernetes.class));
    var kinds = EnumSet.of(Kind.NAMESPACE, Kind.SERVICE, Kind.ENDPOINT_SLICE);
    var failing = new AtomicInteger();
    try (var server = new FakeApiServer(cluster, api);
        Server dns = Servers.start(corefile(""))) {
      server.fault((_, reply) ->
          failing.getAndUpdate(n -> Math.max(0, n - 1)) > 0
              && reply.refuse(503, "Unavailable", "starting", 0));
      assertThat(answer(dns, WEB, Type.A)).isEqualTo("NOERROR 10.96.0.1");
      Snapshots.write(
          file,
          KubernetesSettings.api(kubernetes, kinds),
          Instant.now(),
          Samples.namespace("shop"));
      failing.set(6);
      dns.change(next);
      assertThat(answer(dns, WEB, Type.A)).isEqualTo("NOERROR 10.96.0.1");
    }
  }

  @Test
  void leavesNoNameToOthersBeforeTheClusterIsKnown() throws Exception {
    try (Server server = Servers.start(corefile("startup_timeout 100ms"))) {
      for (String name : List.of(WEB, NONE, "shop.svc.cluster.local")) {
        assertThat(answer(server, name, Type.A)).isEqualTo("SERVFAIL 14");
      }
      for (String name : List.of(REVERSE_WEB, REVERSE_FOREIGN, "1.0.0.0.ip6.arpa")) {
        assertThat(answer(server, name, Type.PTR)).isEqualTo("SERVFAIL 14");
      }
      assertThat(forwarded()).isEmpty();
      await()
          .untilAsserted(() ->
              assertThat(get("/ready"))
                  .returns(503, HttpResponse::statusCode)
                  .extracting(HttpResponse::body)
                  .asString()
                  .startsWith("kubernetes\n")
                  .contains(
                      "kubernetes: services not known: http://127.0.0.1:"
                          + api
                          + ": connection refused"));
      try (var _ = new FakeApiServer(cluster, api)) {
        await().until(() -> answer(server, WEB, Type.A).equals("NOERROR 10.96.0.1"));
        await().until(() -> get("/ready").body().equals("OK"));
      }
    }
  }

  /// A server that is gone for a while changes no answer and not that it is ready.
  @Test
  void staysReadyWhileStaleAndSaysHowStale() throws Exception {
    var first = new FakeApiServer(cluster, api);
    try (Server server = Servers.start(corefile(""))) {
      await().until(() -> get("/ready").body().equals("OK"));
      first.stop();
      await()
          .untilAsserted(() ->
              assertThat(get("/ready"))
                  .returns(200, HttpResponse::statusCode)
                  .extracting(HttpResponse::body)
                  .asString()
                  .matches(
                      "OK(\nkubernetes: \\w+ last proven fresh \\d+ s ago"
                          + " \\(http://127.0.0.1:\\d+: .+\\)){3}"));
      assertThat(answer(server, WEB, Type.A)).isEqualTo("NOERROR 10.96.0.1");
      assertThat(metric("problems", "services")).isEqualTo("1");
      cluster.put(Samples.service("web", "10.96.0.9"));
      try (var _ = new FakeApiServer(cluster, api)) {
        await().until(() -> answer(server, WEB, Type.A).equals("NOERROR 10.96.0.9"));
        await().until(() -> get("/ready").body().equals("OK"));
        assertThat(get("/metrics").body())
            .containsPattern("kubernetes_publication_duration_seconds_count [1-9]");
      }
    }
  }

  @Test
  void servesWhatCanBeServedAndNamesThePermissionThatIsMissing() throws Exception {
    try (var server = new FakeApiServer(cluster, api)) {
      String refusal =
          "endpointslices.discovery.k8s.io is forbidden: User"
              + " \"system:serviceaccount:kube-system:coredns\" cannot watch resource"
              + " \"endpointslices\" in API group \"discovery.k8s.io\" at the cluster scope";
      server.fault((asked, reply) ->
          asked.kind() == Kind.ENDPOINT_SLICE && reply.refuse(403, "Forbidden", refusal, 0));
      try (Server dns = Servers.start(corefile("startup_timeout 1s"))) {
        assertThat(answer(dns, WEB, Type.A)).isEqualTo("NOERROR 10.96.0.1");
        assertThat(answer(dns, REVERSE_WEB, Type.PTR)).isEqualTo("NOERROR " + WEB + ".");
        assertThat(answer(dns, DB, Type.A)).isEqualTo("SERVFAIL 14");
        assertThat(answer(dns, NONE, Type.A)).isEqualTo("SERVFAIL 14");
        assertThat(answer(dns, REVERSE_FOREIGN, Type.PTR)).isEqualTo("SERVFAIL 14");
        assertThat(forwarded()).isEmpty();
        assertThat(get("/ready"))
            .returns(503, HttpResponse::statusCode)
            .returns(
                "kubernetes\nkubernetes: endpointslices not known: needs the permissions list and"
                    + " watch (403 Forbidden: "
                    + refusal
                    + ")",
                HttpResponse::body);
        server.healed();
        await().until(() -> answer(dns, DB, Type.A).equals("NOERROR 10.0.0.1"));
        await().until(() -> get("/ready").body().equals("OK"));
      }
    }
  }

  /// With `endpoints auto` the server sends no slice of a ClusterIP Service that is made of its
  /// selector.
  @Test
  void asksForNoMoreEndpointsThanHeadlessNamesNeed() throws Exception {
    cluster.put(Samples.slice("web", "web-1", "10.0.0.7"), Samples.slice("web", "own", "10.0.0.8"));
    try (var server =
        new FakeApiServer(cluster, api)
            .selecting((labels, object) ->
                switch (labels) {
                  case "service.kubernetes.io/headless" -> object.key().name().startsWith("db-");
                  case "!service.kubernetes.io/headless,"
                          + "endpointslice.kubernetes.io/managed-by!=endpointslice-controller.k8s.io" ->
                      object.key().name().equals("own");
                  default -> throw new IllegalArgumentException(labels);
                })) {
      try (Server dns = Servers.start(corefile("endpoints auto"))) {
        await().until(() -> get("/ready").body().equals("OK"));
        assertThat(metric("objects", "endpointslices")).isEqualTo("2");
        assertThat(answer(dns, WEB, Type.A)).isEqualTo("NOERROR 10.96.0.1");
        assertThat(answer(dns, DB, Type.A)).isEqualTo("NOERROR 10.0.0.1");
        assertThat(answer(dns, "1.0.0.10.in-addr.arpa", Type.PTR)).startsWith("NOERROR 10-0-0-1");
        assertThat(answer(dns, "8.0.0.10.in-addr.arpa", Type.PTR)).startsWith("NOERROR 10-0-0-8");
        assertThat(answer(dns, "7.0.0.10.in-addr.arpa", Type.PTR)).isEqualTo("NXDOMAIN");
        assertThat(server.asked())
            .filteredOn(asked -> asked.kind() == Kind.ENDPOINT_SLICE)
            .allMatch(asked -> asked.query().containsKey("labelSelector"));
      }
    }
  }
}
