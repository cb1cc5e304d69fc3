package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.clusterzone.dns.cli.DumpCommandTest;
import io.clusterzone.dns.clients.NameServer;
import io.clusterzone.dns.clients.Programs;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// Questions that leave the cluster for name servers that are in use: NSD, which answers from a
/// zone, and unbound, which resolves from that NSD.
///
/// The tests are made for what is on the machine. Where `CLUSTERZONE_CLIENTS` is `all`, as in CI,
/// what is missing fails.
final class RealUpstreamsTest {
  private static final boolean ALL = "all".equals(System.getenv("CLUSTERZONE_CLIENTS"));
  private static final String[] NEEDED = {"nsd", "unbound", "openssl"};

  /// Far more addresses than fit in a datagram.
  private static final int CROWD = 200;

  /// A whole root zone: what is not here does not exist, the cluster's names included.
  private static final String ZONE =
      """
      $TTL 60
      . SOA ns.example.org. hostmaster.example.org. 1 7200 1800 86400 30
      . NS ns.example.org.
      ns.example.org. A 127.0.0.1
      www.example.org. A 192.0.2.1
      www.example.org. AAAA 2001:db8::1
      www.example.org. TXT "one" "two"
      alias.example.org. CNAME www.example.org.
      alias2.example.org. CNAME alias.example.org.
      back.example.org. CNAME web.shop.svc.cluster.local.
      dangling.example.org. CNAME none.example.org.
      """;

  private static final String SERVICES =
      Stream.of("www", "alias2", "back", "none", "dangling")
          .map(label ->
              """
              ---
              apiVersion: v1
              kind: Service
              metadata: {name: to-%s, namespace: shop}
              spec: {type: ExternalName, externalName: %s.example.org}
              """
                  .formatted(label, label))
          .collect(Collectors.joining());

  /// A question, and the response code, the answer section, and whether an SOA denies.
  private static final String LOOKUPS =
      """
      A    www.example.org       NOERROR 192.0.2.1
      A    wWw.ExAmPlE.oRg       NOERROR 192.0.2.1
      AAAA www.example.org       NOERROR 2001:db8:0:0:0:0:0:1
      TXT  www.example.org       NOERROR one two
      A    alias2.example.org    NOERROR alias.example.org. www.example.org. 192.0.2.1
      MX   www.example.org       NOERROR SOA
      MX   alias.example.org     NOERROR www.example.org. SOA
      A    none.example.org      NXDOMAIN SOA
      A    dangling.example.org  NXDOMAIN none.example.org. SOA
      A    example.org           NOERROR SOA
      A    web.shop.svc.cluster.local       NOERROR 10.96.0.1
      A    to-www.shop.svc.cluster.local    NOERROR www.example.org. 192.0.2.1
      AAAA to-www.shop.svc.cluster.local    NOERROR www.example.org. 2001:db8:0:0:0:0:0:1
      MX   to-www.shop.svc.cluster.local    NOERROR www.example.org. SOA
      A    to-alias2.shop.svc.cluster.local NOERROR alias2.example.org. alias.example.org. www.example.org. 192.0.2.1
      A    to-back.shop.svc.cluster.local   NOERROR back.example.org. web.shop.svc.cluster.local. 10.96.0.1
      A    to-none.shop.svc.cluster.local   NXDOMAIN none.example.org. SOA
      A    to-dangling.shop.svc.cluster.local NXDOMAIN dangling.example.org. none.example.org. SOA
      """;

  @TempDir static Path directory;

  private static NameServer.@Nullable Place nsdPlace;
  private static NameServer.@Nullable Place unboundPlace;
  private static @Nullable NameServer nsd;
  private static @Nullable NameServer unbound;

  @BeforeAll
  static void startNameServers() throws IOException, InterruptedException {
    if (!Programs.present(NEEDED)) {
      return;
    }
    Files.writeString(
        directory.resolve("shop.yaml"), DumpCommandTest.service("web", "10.96.0.1") + SERVICES);
    NameServer.certificate(directory);
    nsdPlace = NameServer.Place.free();
    unboundPlace = NameServer.Place.free();
    nsd = NameServer.start(NameServer.nsd(directory, nsdPlace, ZONE + crowd()), directory);
    unbound = NameServer.start(NameServer.unbound(directory, unboundPlace, nsdPlace), directory);
  }

  private static String crowd() {
    return IntStream.range(0, CROWD)
        .mapToObj(i -> "crowd.example.org. A 198.51.100." + i + "\n")
        .collect(Collectors.joining());
  }

  @AfterAll
  static void stopNameServers() {
    Stream.of(unbound, nsd)
        .forEach(server -> {
          if (server != null) {
            server.close();
          }
        });
  }

  /// A server that forwards; `forward` is all behind `forward .`.
  private static Server serve(String forward) throws InterruptedException {
    String corefile =
        """
        .:0 {
          bind 127.0.0.1
          kubernetes cluster.local {
            manifests DIR/shop.yaml
          }
          forward . FORWARD
        }
        """
            .replace("FORWARD", forward)
            .replace("DIR", directory.toString());
    var parsed = CorefileParser.read("Corefile", corefile, ParseOptions.ofProcess()).result();
    assertThat(parsed).isInstanceOf(Corefile.Valid.class);
    return Servers.start(((Corefile.Valid) parsed).corefile());
  }

  private static Message ask(Server server, boolean tcp, String name, String type)
      throws IOException {
    var resolver = new SimpleResolver(server.addresses().getFirst());
    resolver.setTCP(tcp);
    resolver.setIgnoreTruncation(true);
    resolver.setTimeout(Duration.ofSeconds(20));
    resolver.setEDNS(0, 1232, 0, List.of());
    Name asked = Name.fromString(name, Name.root);
    return resolver.send(Message.newQuery(Record.newRecord(asked, Type.value(type), DClass.IN)));
  }

  private static String shown(Message reply) {
    Stream<String> answers = reply.getSection(Section.ANSWER).stream().map(Record::rdataToString);
    boolean denies =
        reply.getSection(Section.AUTHORITY).stream().anyMatch(one -> one.getType() == Type.SOA);
    return Stream.of(
            Stream.of(Rcode.string(reply.getRcode())),
            answers,
            Stream.of("SOA").filter(_ -> denies))
        .flatMap(part -> part)
        .collect(Collectors.joining(" "));
  }

  @TestFactory
  Stream<DynamicTest> answersWhatTheUpstreamKnows() {
    NameServer.Place zone = nsdPlace;
    NameServer.Place resolver = unboundPlace;
    if (zone == null || resolver == null) {
      return missing();
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (NameServer.Place place : List.of(zone, resolver)) {
      String name = place.equals(zone) ? "NSD" : "unbound";
      tests.add(dynamicTest(name + " as asked", () -> check(plain(place, ""))));
      tests.add(dynamicTest(name + " over UDP", () -> check(plain(place, "prefer_udp"))));
      tests.add(dynamicTest(name + " over TCP", () -> check(plain(place, "force_tcp"))));
      tests.add(dynamicTest(name + " over TLS", () -> check(tls(place, NameServer.CERTIFIED))));
    }
    return tests.stream();
  }

  private static String plain(NameServer.Place place, String option) {
    return "%s:%d {\n %s\n}".formatted(place.address(), place.port(), option);
  }

  private static String tls(NameServer.Place place, String name) {
    return "tls://%s:%d {\n tls DIR/tls.pem\n tls_servername %s\n}"
        .formatted(place.address(), place.tlsPort(), name);
  }

  private static void check(String forward) throws Exception {
    try (Server server = serve(forward)) {
      for (boolean tcp : List.of(false, true)) {
        for (String row : LOOKUPS.lines().toList()) {
          String[] parts = row.split(" +", 3);
          assertThat(shown(ask(server, tcp, parts[1], parts[0]))).as(row).isEqualTo(parts[2]);
        }
      }
      checkTruncation(server);
    }
  }

  /// RFC 2181 section 9, RFC 7766 section 5: TC over UDP, the whole over TCP.
  private static void checkTruncation(Server server) throws IOException {
    Message cut = ask(server, false, "crowd.example.org", "A");
    assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
    Message whole = ask(server, true, "crowd.example.org", "A");
    assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(whole.getSection(Section.ANSWER)).hasSize(CROWD);
  }

  /// RFC 7858 section 3.2, RFC 8310 section 8.1: a certificate for another name, or of an authority
  /// that is not trusted, ends the connection.
  @TestFactory
  Stream<DynamicTest> refusesCertificatesThatDoNotProve() {
    NameServer.Place place = nsdPlace;
    if (place == null) {
      return missing();
    }
    String untrusted = tls(place, NameServer.CERTIFIED).replace(" tls DIR/tls.pem\n", "");
    return Stream.of(
        dynamicTest("another name", () -> checkFails(tls(place, "other.example.org"))),
        dynamicTest("another authority", () -> checkFails(untrusted)));
  }

  private static void checkFails(String forward) throws Exception {
    try (Server server = serve(forward)) {
      assertThat(shown(ask(server, false, "www.example.org", "A"))).isEqualTo("SERVFAIL");
    }
  }

  /// The second upstream stands in; alone, a dead one is SERVFAIL until it is back. The cluster's
  /// names never notice.
  @TestFactory
  Stream<DynamicTest> survivesAnUpstreamThatDiesAndReturns() {
    NameServer.Place root = nsdPlace;
    return root == null
        ? missing()
        : Stream.of("", "force_tcp", "tls")
            .map(way -> dynamicTest(way.isEmpty() ? "udp" : way, () -> checkRestart(root, way)));
  }

  private static void checkRestart(NameServer.Place root, String way) throws Exception {
    Path own = Files.createTempDirectory(directory, "restart");
    Files.copy(directory.resolve("tls.pem"), own.resolve("tls.pem"));
    Files.copy(directory.resolve("tls.key"), own.resolve("tls.key"));
    NameServer.Place place = NameServer.Place.free();
    List<String> command = NameServer.unbound(own, place, root);
    String alone =
        (way.equals("tls") ? tls(place, NameServer.CERTIFIED) : plain(place, way))
            .replace("\n}", "\n max_fails 1\n health_check 100ms\n}");
    String both =
        "%s:%d %s:%d {\n policy sequential\n max_fails 1\n}"
            .formatted(place.address(), place.port(), root.address(), root.port());
    try (Server single = serve(alone);
        Server pair = serve(both)) {
      NameServer first = NameServer.start(command, own);
      assertThat(www(single)).isEqualTo("NOERROR 192.0.2.1");
      assertThat(www(pair)).isEqualTo("NOERROR 192.0.2.1");
      first.kill();
      assertThat(www(single)).isEqualTo("SERVFAIL");
      assertThat(www(pair)).isEqualTo("NOERROR 192.0.2.1");
      assertThat(shown(ask(single, false, "web.shop.svc.cluster.local", "A")))
          .isEqualTo("NOERROR 10.96.0.1");
      try (var _ = NameServer.start(command, own)) {
        await().atMost(Duration.ofSeconds(20)).until(() -> www(single).equals("NOERROR 192.0.2.1"));
      }
    }
  }

  private static String www(Server server) throws IOException {
    return shown(ask(server, false, "www.example.org", "A"));
  }

  private static Stream<DynamicTest> missing() {
    String what = String.join(", ", NEEDED);
    return ALL
        ? Stream.of(dynamicTest(what, () -> fail("not all on this machine: " + what)))
        : Stream.empty();
  }
}
