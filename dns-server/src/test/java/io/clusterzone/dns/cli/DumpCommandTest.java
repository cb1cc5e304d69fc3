package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Master;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

public final class DumpCommandTest {
  private static final String EXAMPLE = "../deploy/example";

  @TempDir Path directory;

  private static List<Record> records(String masterFile) throws IOException {
    List<Record> records = new ArrayList<>();
    var in = new ByteArrayInputStream(masterFile.getBytes(StandardCharsets.UTF_8));
    try (var master = new Master(in)) {
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        records.add(next);
      }
    }
    return records;
  }

  @Test
  void printsTheClusterZone() throws IOException {
    CommandRun run = CommandRun.of("dump", "--manifests", EXAMPLE);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.errLines()).singleElement().asString().contains("shop/batch");
    List<Record> records = records(run.out());
    assertThat(records.getFirst().getType()).isEqualTo(Type.SOA);
    assertThat(records)
        .extracting(
            one -> one.getName() + " " + Type.string(one.getType()) + " " + one.rdataToString())
        .contains(
            "web.shop.svc.cluster.local. A 10.96.0.10",
            "_http._tcp.web.shop.svc.cluster.local. SRV 0 100 80 web.shop.svc.cluster.local.",
            "db-0.db.shop.svc.cluster.local. A 10.244.1.20",
            "payments.shop.svc.cluster.local. CNAME api.payments.example.",
            "dns-version.cluster.local. TXT 1.1.0");
  }

  @Test
  void printsTheReverseZoneThatIsAskedFor() throws IOException {
    CommandRun run = CommandRun.of("dump", "--manifests", EXAMPLE, "--zone", "ip6.arpa");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(records(run.out()))
        .extracting(Record::rdataToString)
        .contains(
            "cart.shop.svc.cluster.local.", "fd00-10-244-1--30.cache.shop.svc.cluster.local.");
  }

  @Test
  void printsAZoneOfAnotherName() throws IOException {
    CommandRun run = CommandRun.of("dump", "--manifests", EXAMPLE, "--zone", "K8s.Example");
    assertThat(records(run.out()).getFirst().getName()).hasToString("k8s.example.");
  }

  /// Services as their authors write them; whoever reads the zone sees what they did not write.
  @Test
  void marksWhatIsMadeUp() throws IOException {
    Files.writeString(
        directory.resolve("web.yaml"),
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec: {clusterIP: 10.96.0.7, ports: [{port: 80}]}
        """);
    String manifests = directory.toString();
    CommandRun run = CommandRun.of("dump", "--manifests", manifests);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(records(run.out())).isNotEmpty();
    assertThat(run.out().lines())
        .contains(
            "kubernetes.default.svc.cluster.local. 5 IN A 10.96.0.1 ; made up",
            "db.default.svc.cluster.local. 5 IN A 10.96.0.7")
        .anyMatch(line -> line.matches("web\\.default.* A 10\\.96\\..* ; made up"));

    CommandRun reverse =
        CommandRun.of(
            "dump",
            "--manifests",
            manifests,
            "--service-cidr",
            "10.0.0.0/24",
            "--zone",
            "in-addr.arpa");
    assertThat(reverse.out().lines())
        .contains(
            "1.0.0.10.in-addr.arpa. 5 IN PTR kubernetes.default.svc.cluster.local. ; made up",
            "7.0.96.10.in-addr.arpa. 5 IN PTR db.default.svc.cluster.local.");

    CommandRun none = CommandRun.of("dump", "--manifests", manifests, "--service-cidr", "none");
    assertThat(none.out()).doesNotContain("made up", "kubernetes.default", "10.96.0.1 ");
  }

  /// With `named-checkzone` on the machine, as in CI, each zone is one that BIND would load: the
  /// checks are the default ones, with the owner names' as strict as in a server (`-k fail`).
  @ParameterizedTest
  @ValueSource(strings = {"cluster.local", "in-addr.arpa", "ip6.arpa"})
  void isAcceptedByOtherNameServers(String zone) throws Exception {
    CommandRun run = CommandRun.of("dump", "--manifests", EXAMPLE, "--zone", zone);
    Path file = Files.writeString(directory.resolve("zone"), run.out());
    assertThat(records(run.out())).isNotEmpty();
    if (Files.isExecutable(Path.of("/usr/bin/named-checkzone"))) {
      Process check =
          new ProcessBuilder("/usr/bin/named-checkzone", "-k", "fail", zone, file.toString())
              .redirectErrorStream(true)
              .start();
      String said = check.inputReader().readAllAsString();
      assertThat(check.waitFor()).as(said).isZero();
    }
  }

  @Test
  void readsACorefile() throws IOException {
    Path corefile =
        Files.writeString(
            directory.resolve("Corefile"),
            """
            .:1053 {
              kubernetes c.example 10.0.0.0/8 {
                manifests %s
                ttl 30
              }
            }
            """
                .formatted(Path.of(EXAMPLE).toAbsolutePath()));
    CommandRun forward = CommandRun.of("dump", "--conf", corefile.toString());
    assertThat(forward.out()).contains("web.shop.svc.c.example. 30 IN A 10.96.0.10");
    CommandRun reverse =
        CommandRun.of("dump", "--conf", corefile.toString(), "--zone", "10.in-addr.arpa");
    assertThat(reverse.out())
        .contains("10.0.96.10.in-addr.arpa. 30 IN PTR web.shop.svc.c.example.");
    CommandRun absent = CommandRun.of("dump", "--conf", corefile.toString(), "--zone", "d.example");
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.errLines())
        .singleElement()
        .asString()
        .contains("d.example", "c.example., 10.in-addr.arpa.");
  }

  @Test
  void tellsProblemsAndPrintsTheRest() throws IOException {
    Files.writeString(directory.resolve("good.yaml"), service("good", "10.96.0.1"));
    Files.writeString(directory.resolve("bad.yaml"), service("bad", "10.96.0.256"));
    CommandRun run = CommandRun.of("dump", "--manifests", directory.toString());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("good.shop.svc.cluster.local. 5 IN A 10.96.0.1");
    assertThat(run.errLines()).singleElement().asString().contains("bad.yaml:5:", "10.96.0.256");
  }

  public static String service(String name, String clusterIp) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %s, namespace: shop}
    spec:
      clusterIP: %s
      ports: [{port: 80}]
    """
        .formatted(name, clusterIp);
  }
}
