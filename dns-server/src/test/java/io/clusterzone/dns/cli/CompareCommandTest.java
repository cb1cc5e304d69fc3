package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clusterzone.dns.clients.NameServer;
import io.clusterzone.dns.clients.Programs;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.QueryReader;
import io.clusterzone.dns.compare.Replies;
import io.clusterzone.dns.compare.run.FaultyServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CompareCommandTest {
  private static final String EXAMPLE = "../deploy/example";
  private static final boolean ALL = "all".equals(System.getenv("CLUSTERZONE_CLIENTS"));

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --with 127.0.0.1                       | name the other server with --against ADDRESS, or a running server
          --against 127.0.0.1                    | our side is one of --with ADDRESS, --manifests PATH and --kubeconfig FILE
          --against 127.0.0.1 --with ::1 --manifests . | our side is one of --with ADDRESS, --manifests PATH and --kubeconfig FILE
          --against 127.0.0.1 --with ::1         | with --with, what is in the zone is not known here
          --against host --manifests .           | --against takes an address such as 10.96.0.10, 127.0.0.1:5353 or [::1]:5353, not host
          --against ::1 --with 1.1.1.1:0 --log -  | --with takes an address such as
          --against ::1 --manifests . --log a --pcap b | the questions come from one of --queries, --pcap and --log
          --against ::1 --manifests - --log -    | the standard input cannot be both manifests and questions
          --against ::1 --manifests . --rate -1  | --rate takes a number from 0 to 1000000, not -1
          --against ::1 --manifests . --limit 0  | --limit takes a number from 1, not 0
          --against ::1 --kubeconfig f --nodes 2 | --service-cidr, --pod-cidr, --nodes, --namespace and --render go with --manifests
          --against ::1 --with ::1 --context c --log - | --context goes with --kubeconfig, which names the file it is in
          """)
  void saysWhatMakesNoSense(String arguments, String message) {
    CommandRun run = CommandRun.of(("compare " + arguments).split(" ", -1));
    assertThat(run.err()).contains(message);
    assertThat(run.code()).isEqualTo(Commands.USAGE);
  }

  /// What is right for each name and type, from our own zone: a server that replies so is agreed
  /// with, and one that leaves out empty non-terminals is wrong there.
  @Test
  void exitsByWhoIsWrongAndByTheBaseline() throws IOException {
    Path queries = directory.resolve("queries.txt");
    Files.writeString(
        queries, "_tcp.cache.shop.svc.cluster.local A\nnobody.cluster.local A\nexample.org A\n");
    Path baseline = directory.resolve("baseline.json");
    Path page = directory.resolve("report.html");
    try (var wrong = new FaultyServer((query, _) -> reply(query, "NXDOMAIN aa rd||SOA! "))) {
      String[] arguments = {
        "compare",
        "--manifests",
        EXAMPLE,
        "--queries",
        queries.toString(),
        "--output",
        "json",
        "--rate",
        "0",
        "--report",
        page.toString(),
        "--against",
        address(wrong)
      };
      CommandRun first = CommandRun.of(arguments);
      assertThat(first.code()).as(first.err()).isEqualTo(3);
      JsonNode json = new JsonMapper().readTree(first.out());
      assertThat(json.get("deviations").get("D1").asInt()).isEqualTo(1);
      assertThat(json.get("leftOut").asInt()).isEqualTo(1);
      assertThat(page).content().contains("wrong there D1", "RFC 8020 section 2");
      Files.writeString(baseline, first.out());
      CommandRun second = CommandRun.of(with(arguments, "--baseline", baseline.toString()));
      assertThat(second.code()).as(second.err()).isZero();
    }
    try (var refusing = new FaultyServer((query, _) -> reply(query, "REFUSED rd"))) {
      CommandRun run =
          CommandRun.of(
              "compare",
              "--manifests",
              EXAMPLE,
              "--queries",
              queries.toString(),
              "--rate",
              "0",
              "--patience",
              "0",
              "--details",
              "--baseline",
              baseline.toString(),
              "--against",
              address(refusing));
      assertThat(run.code()).as(run.err()).isEqualTo(1);
      assertThat(run.out())
          .contains("wrong here", "NXDOMAIN here, REFUSED there", "nobody.cluster.local. A");
    }
  }

  @Test
  void saysWhichServerDoesNotReply() throws IOException {
    try (var silent = new FaultyServer((_, _) -> null)) {
      CommandRun run =
          CommandRun.of("compare", "--manifests", EXAMPLE, "--against", address(silent));
      assertThat(run.err())
          .contains("no reply from %s; is it the right address".formatted(address(silent)));
      assertThat(run.code()).isEqualTo(Commands.PROBLEM);
    }
  }

  @Test
  void saysWhatIsWrongWithABaseline() throws IOException {
    Path baseline = Files.writeString(directory.resolve("baseline.json"), "{\"format\": \"x\"}");
    CommandRun run =
        CommandRun.of(
            "compare",
            "--manifests",
            EXAMPLE,
            "--against",
            "127.0.0.1",
            "--baseline",
            baseline.toString());
    assertThat(run.err()).contains("is not what compare --output json prints");
    assertThat(run.code()).isEqualTo(Commands.PROBLEM);
  }

  /// NSD serves what `dump` prints. The differences that are left are those of what a master file
  /// cannot say, and of where two documents leave a choice.
  @Test
  void agreesWithNsdAboutADump() throws IOException {
    assumeTrue(ALL || Programs.present("nsd"), "no nsd here");
    Map<String, String> zones = new HashMap<>();
    for (String zone : List.of("cluster.local", "in-addr.arpa", "ip6.arpa")) {
      CommandRun dump = CommandRun.of("dump", "--manifests", EXAMPLE, "--zone", zone);
      zones.put(zone, dump.out());
    }
    NameServer.Place place = NameServer.Place.free().withoutTls();
    try (var _ = NameServer.start(NameServer.nsd(directory, place, zones), directory)) {
      CommandRun run =
          CommandRun.of(
              "compare",
              "--manifests",
              EXAMPLE,
              "--rate",
              "0",
              "--patience",
              "0",
              "--output",
              "json",
              "--against",
              place.address() + ":" + place.port());
      JsonNode json = new JsonMapper().readTree(run.out());
      assertThat(json.get("questions").asInt()).isGreaterThan(1500);
      var left = new TreeSet<String>();
      for (JsonNode one : json.get("differences")) {
        String named = named(one);
        if (!named.isEmpty()) {
          left.add(named);
        }
      }
      assertThat(left).isEmpty();
    }
  }

  /// A difference as text, or an empty text for one that is expected.
  private static String named(JsonNode one) {
    String text = "";
    for (String property : List.of("judgement", "field", "here", "there", "question")) {
      text += one.get(property).asString() + " | ";
    }
    List<String> expected =
        List.of(
            // A server's own names, and the order of records.
            "own names of the servers .*",
            "order .*",
            // RFC 2782: the additional section may have the addresses of targets, or not.
            "optional records \\| additional \\| .* \\| none \\| .* SRV .*",
            // RFC 1035 section 2.3.1: a master file comments out addresses of what is no host name.
            ".*answer types \\| A{1,4} \\| none \\| _.* A{1,4} .*",
            // A namespace without names has nothing in a master file.
            ".*rcode \\| NODATA \\| NXDOMAIN \\| (pod|lab\\.svc)\\.cluster\\.local\\. .*",
            // RFC 8482 section 4.1: any one RRset answers ANY.
            ".* ANY.*",
            // RFC 1996: it takes no part in NOTIFY, and NSD takes none from just anybody.
            ".*NOTIMP \\| REFUSED \\| .* opcode 4.*");
    String whole = text;
    return expected.stream().anyMatch(rule -> whole.matches("(?i)" + rule)) ? "" : text;
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  private static String address(FaultyServer server) {
    return "127.0.0.1:" + server.address().getPort();
  }

  private static byte[] reply(byte[] query, String reply) {
    ComparedQuestion question = Objects.requireNonNull(QueryReader.read(ByteBuffer.wrap(query)));
    byte[] octets = Replies.octets(question, reply);
    octets[0] = query[0];
    octets[1] = query[1];
    return octets;
  }
}
