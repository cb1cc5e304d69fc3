package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.server.Server;
import io.clusterzone.k8s.api.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `compare --live` prints what a running server has found.
final class LiveDifferencesTest {
  @TempDir Path directory;

  private Server start(int dns, int admin, String shadow) throws Exception {
    Files.writeString(directory.resolve("web.yaml"), DumpCommandTest.service("web", "10.96.0.1"));
    String text =
        """
        .:%d {
          bind 127.0.0.1
          kubernetes cluster.local { manifests %s }
          admin localhost:%d
          %s
        }
        """
            .formatted(dns, directory, admin, shadow);
    var parsed = CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result();
    assertThat(parsed).isInstanceOf(Corefile.Valid.class);
    return Server.start(((Corefile.Valid) parsed).corefile(), Log.start(System.out, 100));
  }

  private static void ask(int dns) throws Exception {
    var resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), dns));
    var name = Name.fromString("shop.svc.cluster.local.");
    var _ = resolver.send(Message.newQuery(Record.newRecord(name, Type.TXT, DClass.IN)));
  }

  private static String shadow(FakeUpstream other) {
    return "shadow 127.0.0.1:%d {\n sample 100%%\n }".formatted(other.address().getPort());
  }

  /// RFC 2308 section 2.2: a name exists for all types or for none.
  @Test
  void printsWhatWasFound() throws Exception {
    int dns = FreePorts.next();
    int admin = FreePorts.next();
    String url = "http://127.0.0.1:" + admin;
    try (var other = FakeUpstream.answering(query -> Replies.empty(query, Rcode.NXDOMAIN));
        Server server = start(dns, admin, shadow(other))) {
      assertThat(server.addresses()).isNotEmpty();
      assertThat(CommandRun.of("compare", "--live", url).code()).isZero();
      ask(dns);
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> CommandRun.of("compare", "--live", url).out().contains("D2"));
      CommandRun text = CommandRun.of("compare", "--live", url, "--details");
      assertThat(text.code()).isEqualTo(3);
      assertThat(text.out())
          .contains(
              "1 question repeated to 127.0.0.1:" + other.address().getPort() + ", asked again 0")
          .contains("  wrong there                         1  100.0 %\n")
          .contains("wrong there D2, rcode: NODATA here, NXDOMAIN there  1 time\n")
          .contains("    shop.svc.cluster.local. TXT\n")
          .contains("  there  NXDOMAIN")
          .endsWith("nothing is wrong here; 1 answer is wrong there, or late\n");
      JsonNode report =
          JsonMapper.shared()
              .readTree(CommandRun.of("compare", "--live", url, "--output", "json").out());
      JsonNode first = report.path("differences").get(0);
      assertThat(first.path("judgement").asString()).isEqualTo("wrong there");
      assertThat(first.path("deviation").asString()).isEqualTo("D2");
      assertThat(first.path("count").asLong()).isEqualTo(1);
    }
  }

  @Test
  void tellsThatNothingIsCompared() throws Exception {
    int admin = FreePorts.next();
    try (Server server = start(0, admin, "")) {
      assertThat(server.addresses()).isNotEmpty();
      CommandRun run = CommandRun.of("compare", "--live", "127.0.0.1:" + admin);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("no directive shadow").contains("shadow ADDRESS");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--against 192.0.2.1 | --live asks nobody",
        "--with 192.0.2.1 | --live asks nobody",
        "--queries f | --live asks nobody",
        "--zone a | --live asks nobody",
        "--baseline f | --report and --baseline are not for --live",
      })
  void goesWithNothingElse(String options, String problem) {
    List<String> line = new ArrayList<>(List.of("compare", "--live", ":9154"));
    line.addAll(List.of(options.split(" ", -1)));
    CommandRun run = CommandRun.of(line.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(problem);
  }

  @Test
  void needsAServer() {
    assertThat(CommandRun.of("compare").err()).contains("--against ADDRESS").contains("--live URL");
    assertThat(CommandRun.of("compare", "--live", "x:y").err()).contains("--live takes http://");
  }
}
