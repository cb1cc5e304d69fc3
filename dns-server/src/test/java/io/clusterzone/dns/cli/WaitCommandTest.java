package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.k8s.api.FakeApiServer;
import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.api.FreePorts;
import io.clusterzone.k8s.api.Samples;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ObjectKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/// `wait` asks servers that learn late, never, or not at all.
@Timeout(60)
final class WaitCommandTest {
  private static final String SOA = "@ 5 IN SOA ns. hostmaster. 1 2 3 4 5";

  @TempDir Path directory;

  private final List<FakeUpstream> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(FakeUpstream::close);
  }

  private FakeUpstream server(String... records) {
    FakeUpstream server = FakeUpstream.answering(query -> Replies.answer(query, records));
    servers.add(server);
    return server;
  }

  private static Message denied(Message query) {
    return Replies.negative(query, Rcode.NXDOMAIN, SOA);
  }

  /// One that says something else the first times.
  private FakeUpstream learning(int times, String record) {
    var asked = new AtomicInteger();
    FakeUpstream server =
        FakeUpstream.answering(query ->
            asked.incrementAndGet() <= times ? denied(query) : Replies.answer(query, record));
    servers.add(server);
    return server;
  }

  private static String text(FakeUpstream server) {
    return CompareSide.text(server.address());
  }

  private CommandRun run(String options) {
    List<String> all = new ArrayList<>(List.of("wait"));
    all.addAll(List.of(options.split(" ", -1)));
    all.addAll(List.of("--interval", "10ms"));
    for (FakeUpstream server : servers) {
      all.addAll(List.of("--at", text(server)));
    }
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void waitsForEveryReplica() {
    FakeUpstream first = server("@ 5 IN A 10.96.0.1");
    FakeUpstream late = learning(3, "@ 5 IN A 10.96.0.1");
    CommandRun run = run("web.shop.svc.cluster.local --is 10.96.0.1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .hasSize(2)
        .anyMatch(
            line -> line.matches(text(first) + " answers so: 10\\.96\\.0\\.1 \\([0-9.]+ s\\)"))
        .anyMatch(line -> line.startsWith(text(late) + " answers so: 10.96.0.1 ("));
    assertThat(late.received()).hasSize(4);
    assertThat(first.received()).hasSize(1);
    assertThat(first.received().getFirst().query().getQuestion().getName())
        .hasToString("web.shop.svc.cluster.local.");
  }

  @Test
  void saysWhatLateReplicasSaidLast() {
    server("@ 5 IN A 10.96.0.1");
    FakeUpstream wrong = server("@ 5 IN A 10.96.0.2", "@ 5 IN A 10.96.0.1");
    FakeUpstream without = learning(Integer.MAX_VALUE, "");
    CommandRun run = run("web.shop.svc.cluster.local --is 10.96.0.1 --timeout 300ms");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.errLines())
        .anyMatch(line -> line.startsWith(text(wrong) + " does not: 10.96.0.1, 10.96.0.2 ("))
        .anyMatch(line -> line.startsWith(text(without) + " does not: NXDOMAIN ("))
        .last()
        .asString()
        .startsWith("clusterzone: 2 of 3 servers did not answer so within 300ms; ");
  }

  @Test
  void aServerThatIsSilentOrNotThereIsNoAnswer() throws Exception {
    servers.add(FakeUpstream.silent());
    CommandRun silent = run("web.example --gone --timeout 200ms");
    assertThat(silent.code()).isEqualTo(1);
    assertThat(silent.err()).contains(" does not: no reply (");
    var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next());
    CommandRun absent =
        CommandRun.of("wait", "a.example", "--timeout", "200ms", "--at", CompareSide.text(nobody));
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.err()).contains(" does not: no reply (");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.example | @ 5 IN A 10.0.0.1 | 0",
        "a.example | @ 5 IN AAAA fd00::1 | 1",
        "a.example AAAA | @ 5 IN AAAA fd00::1 | 0",
        "a.example aaaa --is FD00:0::1 | @ 5 IN AAAA fd00::1 | 0",
        "a.example --is 10.0.0.2 --is 10.0.0.1 | @ 5 IN A 10.0.0.1; @ 5 IN A 10.0.0.2 | 0",
        "a.example --is 10.0.0.1 | @ 5 IN A 10.0.0.1; @ 5 IN A 10.0.0.2 | 1",
        "a.example --is 10.0.0.1 --is 10.0.0.2 | @ 5 IN A 10.0.0.1 | 1",
        "a.example --is 10.0.0.1 | @ 5 IN CNAME b.example.; b.example. 5 IN A 10.0.0.1 | 0",
        "a.example CNAME --is B.example | @ 5 IN CNAME b.example. | 0",
        "1.0.0.10.in-addr.arpa PTR --is a.example. | @ 5 IN PTR a.example. | 0",
        "a.example TXT --is x | @ 5 IN TXT x | 0",
        "a.example TXT --is y | @ 5 IN TXT x | 1",
        "a.example --gone | @ 5 IN A 10.0.0.1 | 1",
        "a.example --gone | @ 5 IN AAAA fd00::1 | 0",
      })
  void comparesValues(String options, String records, int code) {
    server(records.split("; ", -1));
    CommandRun run = run(options + " --timeout 100ms");
    assertThat(run.code()).as(run.err()).isEqualTo(code);
  }

  @Test
  void comparesTheTargetOfAService() {
    server("@ 5 IN SRV 0 100 80 Web.shop.svc.cluster.local.");
    CommandRun run =
        CommandRun.of(
            "wait",
            "_http._tcp.web.shop.svc.cluster.local",
            "SRV",
            "--is",
            "0 100 80 web.shop.svc.cluster.local",
            "--at",
            text(servers.getFirst()));
    assertThat(run.code()).as(run.err()).isZero();
  }

  /// An error says nothing about whether a name is gone.
  @ParameterizedTest
  @CsvSource({"NXDOMAIN, 0", "NOERROR, 0", "SERVFAIL, 1", "REFUSED, 1"})
  void aNameIsGoneIfItIsDenied(String rcode, int code) {
    servers.add(FakeUpstream.answering(query -> Replies.negative(query, Rcode.value(rcode), SOA)));
    assertThat(run("a.example --gone --timeout 100ms").code()).isEqualTo(code);
  }

  @Test
  void asksOverTcpWhereTheReplyIsTruncated() {
    var server =
        new FakeUpstream(received -> {
          Message reply =
              received.tcp()
                  ? Replies.answer(received.query(), Replies.addresses(200))
                  : Replies.answer(received.query());
          if (!received.tcp()) {
            reply.getHeader().setFlag(Flags.TC);
          }
          return List.of(reply.toWire());
        });
    servers.add(server);
    CommandRun run = run("a.example");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("192.0.2.199");
  }

  @Test
  void takesTheNameServersOfAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("resolv.conf"), "search a.example\n");
    CommandRun none = CommandRun.of("wait", "a.example", "--resolv-conf", file.toString());
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("it has no line \"nameserver ADDRESS\"; name them with --at");
    CommandRun absent = CommandRun.of("wait", "a.example", "--resolv-conf", file + "x");
    assertThat(absent.err()).contains("cannot be read", "name servers with --at");
    Files.writeString(file, "nameserver 127.0.0.1\nnameserver 127.0.0.1\n");
    CommandRun one =
        CommandRun.of(
            "wait", "a.invalid", "SVCB", "--timeout", "1ms", "--resolv-conf", file.toString());
    assertThat(one.err()).contains("127.0.0.1:53 does not", "1 of 1 servers");
  }

  private Path kubeconfig(int port) throws Exception {
    return Files.writeString(
        directory.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: here, user: me}}]
        clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: me, user: {}}]
        """
            .formatted(port));
  }

  private static EndpointSlice slice(String name, boolean ready, InetSocketAddress at) {
    var addresses = Samples.addresses(at.getAddress().getHostAddress());
    return new EndpointSlice(
        new ObjectKey("kube-system", name),
        "kube-dns",
        "",
        "",
        List.of(new Endpoint(addresses, ready, "", "", "")),
        List.of(new Port("dns", "udp", at.getPort()), new Port("metrics", "tcp", 9153)));
  }

  @Test
  void asksTheReadyEndpointsOfAService() throws Exception {
    FakeUpstream one = server("@ 5 IN A 10.96.0.1");
    FakeUpstream two = learning(2, "@ 5 IN A 10.96.0.1");
    FakeUpstream notReady = server();
    var cluster = new FakeCluster();
    cluster.put(
        slice("kube-dns-a", true, one.address()),
        slice("kube-dns-b", true, two.address()),
        slice("kube-dns-c", false, notReady.address()));
    try (var api = new FakeApiServer(cluster)) {
      String file = kubeconfig(api.port()).toString();
      CommandRun run = CommandRun.of("wait", "web.example", "--kubeconfig", file);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out().lines()).hasSize(2);
      assertThat(run.out()).contains(text(one), text(two));
      assertThat(notReady.received()).isEmpty();
      assertThat(api.asked().getFirst().path())
          .isEqualTo("/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices");
      assertThat(api.asked().getFirst().query())
          .containsEntry("labelSelector", "kubernetes.io/service-name=kube-dns");
      CommandRun other =
          CommandRun.of("wait", "a", "--kubeconfig", file, "--service", "kube-system/coredns");
      assertThat(other.code()).isEqualTo(1);
      assertThat(other.err()).contains("kube-system/coredns has no ready endpoint");
      api.fault((asked, reply) -> reply.refuse(403, "Forbidden", "no", 0));
      CommandRun refused = CommandRun.of("wait", "a", "--kubeconfig", file);
      assertThat(refused.err())
          .startsWith("clusterzone: cannot list the endpoints of kube-system/kube-dns: needs the");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a..b | NAME is no domain name",
        "a.example NOTYPE | TYPE is a type of record such as A or SRV, not NOTYPE",
        "a.example --is x | --is takes a value of type A: x is no address of IPv4",
        "a.example AAAA --is 10.0.0.1 | --is takes a value of type AAAA",
        "a.example --is 10.0.0.1 --gone | --gone and --is exclude each other",
        "a.example --timeout 0 | --timeout takes a duration from 1ms to 24h such as 30s, not 0",
        "a.example --timeout 30 | --timeout takes a duration",
        "a.example --at nowhere | --at takes an address",
        "a.example --service a/b | --context and --service go with --kubeconfig",
        "a.example --at 127.0.0.1 --kubeconfig f | --at and --kubeconfig exclude each other",
        "a.example --kubeconfig f --service a | --service takes NAMESPACE/NAME, not a",
      })
  void refusesWhatMakesNoSense(String options, String reason) {
    List<String> all = new ArrayList<>(List.of("wait"));
    all.addAll(List.of(options.split(" ", -1)));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(reason);
  }
}
