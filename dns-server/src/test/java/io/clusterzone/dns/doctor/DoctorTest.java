package io.clusterzone.dns.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.server.Server;
import io.clusterzone.k8s.api.ApiOptions;
import io.clusterzone.k8s.api.FakeApiServer;
import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.api.FreePorts;
import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two replicas of one cluster behind `kube-dns`, examined from a Pod: first all is well, then one
/// thing after another is not.
@Timeout(60)
final class DoctorTest {
  private static final Log LOG = Log.start(new StringBuilder(), Log.CAPACITY);
  private static final ObjectKey KUBE_DNS = new ObjectKey("kube-system", "kube-dns");

  @TempDir private Path directory = Path.of("");

  private final int dnsPort = FreePorts.next();
  private final int metricsPort = FreePorts.next();
  private final int adminPort = FreePorts.next();
  private final FakeCluster cluster = new FakeCluster();
  private final FakeApiServer api;
  private final FakeUpstream upstream =
      FakeUpstream.answering(
          query -> Replies.negative(query, 0, ". 60 IN SOA a.example. b.example. 1 2 3 4 5"));
  private final Server[] servers = new Server[2];

  DoctorTest() throws IOException {
    api = new FakeApiServer(cluster);
  }

  @BeforeEach
  void start() throws Exception {
    cluster.put(new Namespace("kube-system"), kubeDns("127.0.0.1", dnsPort), endpoints(true, 1, 2));
    api.fault((asked, reply) ->
        asked.path().equals("/version") && reply.refuse(403, "Forbidden", "not for you", 0));
    Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
    for (int i = 0; i < 2; i++) {
      Path file = corefile(i);
      CorefileReading reading = CorefileParser.read(file, ParseOptions.ofProcess());
      assertThat(reading.result()).isInstanceOf(Corefile.Valid.class);
      servers[i] = Server.start(reading.legible(), LOG);
      servers[i].reloads().serves(reading.text().sha512());
    }
  }

  @AfterEach
  void stop() throws IOException {
    Stream.of(servers).forEach(Server::close);
    api.close();
    upstream.close();
  }

  private Path corefile(int replica) throws IOException {
    return Files.writeString(
        directory.resolve("Corefile" + replica),
        """
        .:%1$d {
          bind 127.0.0.%2$d
          kubernetes cluster.local in-addr.arpa { endpoint %3$s }
          forward . %4$s
          admin 127.0.0.%2$d:%5$d
          prometheus 127.0.0.%2$d:%6$d
        }
        """
            .formatted(
                dnsPort,
                replica + 1,
                api.url(),
                "127.0.0.1:" + upstream.address().getPort(),
                adminPort,
                metricsPort));
  }

  private static Service kubeDns(String address, int port) {
    var ports = List.of(new Port("dns", "udp", port), new Port("dns-tcp", "tcp", port));
    return new Service(
        KUBE_DNS, Service.Type.CLUSTER_IP, List.of(IpAddress.parse(address)), ports, "");
  }

  private static EndpointSlice endpoints(boolean ready, int... hosts) {
    List<Endpoint> all =
        Arrays.stream(hosts)
            .mapToObj(host -> IpAddress.parse("127.0.0." + host))
            .map(address -> new Endpoint(List.of(address), ready, "", "", ""))
            .toList();
    return new EndpointSlice(KUBE_DNS, "kube-dns", "", "", all, List.of());
  }

  private RunningServer server(int replica) {
    String url = "http://127.0.0." + (replica + 1) + ":" + adminPort;
    return new RunningServer(url, URI.create(url).getHost(), () -> page(url + "/status"));
  }

  private static String page(String url) throws IOException {
    try (var in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private ApiOptions options() {
    return ApiOptions.of(new ApiAccess.Endpoint(api.url(), "", "", ""));
  }

  private Subjects subjects(RunningServer... asked) {
    return new Subjects(
        () -> CorefileParser.read(directory.resolve("Corefile0"), ParseOptions.ofProcess()),
        List.of(asked),
        List.of(),
        List.of(options()),
        new Subjects.Here(
            true, directory.resolve("resolv.conf"), dnsPort, metricsPort, Duration.ofMillis(5)));
  }

  private String examined(RunningServer... asked) throws InterruptedException {
    return DoctorReport.text(Doctor.examine(subjects(asked)));
  }

  @Test
  void findsNothingWrongWhereAllIsWell() throws Exception {
    List<Finding> findings = Doctor.examine(subjects(server(0)));
    assertThat(DoctorReport.text(findings))
        .isEqualTo(
            """
            ok    configuration: 2 passed
            ok    API server and permissions: 7 passed
            ok    freshness: 5 passed
            ok    listeners: 3 passed
            ok    upstreams and loops: 1 passed
            ok    the Service kube-dns: 6 passed
            ok    replicas agree: 2 passed
            26 checks passed, 0 failed, 0 not looked at
            """);
    assertThat(findings)
        .filteredOn(finding -> finding.section() == Section.REPLICAS)
        .allMatch(finding -> finding.text().startsWith("2 with the same digest "));
  }

  @Test
  void namesARefusedPermission() throws Exception {
    api.fault((asked, reply) ->
        asked.path().endsWith("endpointslices")
            && !asked.path().contains("kube-system")
            && asked.isWatch()
            && reply.refuse(403, "Forbidden", "cannot watch resource", 0));
    assertThat(examined(server(0)))
        .contains(
            "FAIL  API server and permissions: 6 passed, 1 failed",
            "      watch endpointslices: 403 cannot watch resource\n"
                + "        -> grant it to the account: clusterzone rbac prints what a Corefile needs");
  }

  @Test
  void namesAnApiServerThatIsAway() throws Exception {
    api.stop();
    assertThat(examined(server(0)))
        .contains(
            "      API server: http://127.0.0.1:" + api.port(),
            "not looked at: Service kube-system/kube-dns: the API server does not tell");
  }

  @Test
  void namesWhatIsWrongWithTheService() throws Exception {
    cluster.put(kubeDns("127.0.0.9", 54), endpoints(false, 1, 2));
    assertThat(examined(server(0)))
        .contains(
            "      port " + dnsPort + "/UDP: the Service has 54/UDP, 54/TCP",
            "      endpoints: none of 2 is ready",
            "      name server of Pods: Pods ask 127.0.0.1, not the Service",
            "      answers at 127.0.0.9: cannot be asked: nothing listens there",
            "not looked at: replicas: fewer than two are known: 0 ready endpoints");
    cluster.remove(Kind.SERVICE, KUBE_DNS);
    assertThat(examined(server(0)))
        .contains(
            "      Service kube-system/kube-dns: it does not exist, so Pods have no name server");
  }

  @Test
  void namesAnotherOrABrokenCorefile() throws Exception {
    servers[1].reloads().failed();
    assertThat(examined(server(0), server(1)))
        .contains("      running server http://127.0.0.2:" + adminPort + ": it could not take the");
    servers[1].reloads().serves("0123456789abcdef");
    assertThat(examined(server(0), server(1)))
        .contains("it serves another Corefile than the file that is named (SHA-512 0123456789ab");
    Files.writeString(directory.resolve("Corefile0"), ". {\n  cahce\n}\n");
    assertThat(examined()).contains("      Corefile: ", "Corefile0:2:3", "[CZ0");
  }

  @Test
  void namesAnUpstreamThatIsSilentOrLeadsBack() throws Exception {
    upstream.behave(_ -> List.of());
    String name = "      upstream 127.0.0.1:" + upstream.address().getPort() + ": ";
    assertThat(examined(server(0))).contains(name + "no reply within a second");
    // Another resolver, which asks the cluster's DNS for what it does not know.
    upstream.behave(received ->
        List.of(
            Replies.negative(
                    received.query(),
                    3,
                    "cluster.local. 5 IN SOA ns.dns.cluster.local. h.cluster.local. 1 2 3 4 5")
                .toWire()));
    assertThat(examined(server(0)))
        .contains(name + "it asks the cluster's DNS: it denies a name of cluster.local.");
  }

  @Test
  void namesReplicasThatDiffer() throws Exception {
    String status = page("http://127.0.0.1:" + adminPort + "/status");
    String other = status.replaceFirst("(\"digest\": \")[0-9a-f]{4}", "$10000");
    var one = new RunningServer("one", "127.0.0.1", () -> status);
    var two = new RunningServer("two", "127.0.0.1", () -> other);
    assertThat(examined(one, two))
        .contains("FAIL  replicas agree: 1 passed, 1 failed", "zone cluster.local.: their digests");
    var settling = new RunningServer("two", "127.0.0.1", new Settling(other, 3, status));
    assertThat(examined(one, settling)).contains("ok    replicas agree: 2 passed");
  }

  @Test
  void waitsUntilAllIsWell() throws Exception {
    String status = page("http://127.0.0.1:" + adminPort + "/status");
    String bad = status.replace("\"synced\": true", "\"synced\": false");
    var reader = new Settling(bad, 20, status);
    Subjects subjects = subjects(new RunningServer("one", "127.0.0.1", reader));
    assertThat(Doctor.isWell(Doctor.await(subjects, Duration.ZERO))).isFalse();
    assertThat(Doctor.isWell(Doctor.await(subjects, Duration.ofSeconds(50)))).isTrue();
  }

  /// A page that becomes another one.
  private static final class Settling implements RunningServer.StatusReader {
    private final String before;
    private final String after;
    private int left;

    Settling(String before, int times, String after) {
      this.before = before;
      this.after = after;
      this.left = times;
    }

    @Override
    public String read() {
      return left-- > 0 ? before : after;
    }
  }
}
