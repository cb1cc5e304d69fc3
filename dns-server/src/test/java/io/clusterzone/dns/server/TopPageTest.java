package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.cli.DumpCommandTest;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// The pages `/top` and `/top.html` of a server that was asked known queries.
final class TopPageTest {
  @TempDir Path directory;

  private final FakeUpstream upstream =
      FakeUpstream.answering(asked -> Replies.answer(asked, "@ 60 IN A 192.0.2.1"));
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = FreePorts.next();
  private Server server;

  TopPageTest() throws IOException {}

  @BeforeEach
  void start() throws Exception {
    Files.writeString(directory.resolve("web.yaml"), DumpCommandTest.service("web", "10.96.0.1"));
    String text =
        """
        .:0 {
          bind 127.0.0.1
          admin localhost:PORT
          kubernetes cluster.local {
            manifests DIR
          }
          forward . UPSTREAM
          cache
        }
        """
            .replace("PORT", Integer.toString(port))
            .replace("DIR", directory.toString())
            .replace("UPSTREAM", "127.0.0.1:" + upstream.address().getPort());
    Corefile corefile =
        CorefileFile.good(CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result());
    server = Servers.start(corefile);
    ask("web.shop.svc.cluster.local", 3);
    ask("web.prod.svc.cluster.local", 2);
    ask("<b>&\"'.example.com", 2);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    upstream.close();
  }

  private void ask(String name, int times) throws IOException {
    var resolver = new SimpleResolver(server.addresses().getFirst());
    resolver.setTimeout(Duration.ofSeconds(10));
    for (int i = 0; i < times; i++) {
      Name asked = Name.fromString(name, Name.root);
      resolver.send(Message.newQuery(Record.newRecord(asked, Type.A, DClass.IN)));
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String text(String query) throws Exception {
    HttpResponse<String> reply = get("/top?output=text&" + query);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return reply.body();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "by=name | 3   42.9  web.shop.svc.cluster.local. | 2   28.6  web.prod.svc.cluster.local.",
        "by=name&count=1 | 3   42.9  web.shop.svc.cluster.local. | 4   57.1  (rest)",
        "labels=2 | 5   71.4  cluster.local. | 2   28.6  example.com.",
        "by=labels | 5   71.4  cluster.local. | 0    0.0  (rest)",
        "by=namespace | 3   42.9  shop | 2   28.6  (none)",
        "by=client | 7  100.0  127.0.0.1 | 0    0.0  (rest)",
        "rcode=NXDOMAIN | 2  100.0  web.prod.svc.cluster.local. | 0    0.0  (rest)",
        "rcode=0&by=namespace | 3   60.0  shop | 2   40.0  (none)",
        "window=10m | 3   42.9  web.shop.svc.cluster.local. | 7 queries",
      })
  void ranksWhatWasAsked(String query, String one, String other) throws Exception {
    assertThat(text(query)).contains(one, other, "upstream   127.0.0.1:", "1 hits, 1 misses");
  }

  /// A message that does not parse, or has another opcode, has no name, and hides no other.
  @Test
  void passesOverMessagesWithoutName() throws Exception {
    InetSocketAddress address = server.addresses().getFirst();
    byte[] notify = {0, 1, 0x20, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 1};
    byte[] damaged = {0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 'a'};
    assertThat(StageServer.exchange(address, notify, false)).isNotEmpty();
    assertThat(StageServer.exchange(address, damaged, false)).isNotEmpty();
    assertThat(text("by=name")).contains("42.9  web.shop.svc.cluster.local.");
  }

  @Test
  void listsTheSlowest() throws Exception {
    assertThat(text("slow=true").lines().filter(line -> line.endsWith(".")))
        .hasSize(3)
        .anyMatch(line -> line.matches(" +[0-9.,]+  NXDOMAIN +A +127.0.0.1 +web.prod.*"));
  }

  @Test
  void isJsonToo() throws Exception {
    String json = get("/top?by=namespace&count=1").body();
    assertThat(json)
        .contains("\"queries\": 7,", "\"samples\": 7,", "\"key\": \"shop\",", "\"count\": 3,")
        .contains("\"percent\": 42.9", "\"rest\": 4,", "\"total\": 7", "\"down\": false");
  }

  /// Clients choose names; the page has no script either way.
  @Test
  void escapesNamesInHtml() throws Exception {
    HttpResponse<String> page = get("/top.html?refresh=9");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(page.body())
        .contains("<meta http-equiv=\"refresh\" content=\"9\">", "&lt;b&gt;&amp;", "&#39;.example")
        .doesNotContain("<b>&", "<script");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "by=all | by is one of name, labels, namespace, client, not \\\"all\\\"",
        "labels=7 | labels is 1 to 6, not \\\"7\\\"",
        "labels=2&by=name | labels goes with by=labels alone",
        "slow=true&by=name | slow=true lists single queries, so by and labels do not go with it",
        "rcode=NXDOMAN | rcode is a response code such as NXDOMAIN, not \\\"NXDOMAN\\\"",
        "count=501 | count is 1 to 500, not \\\"501\\\"",
        "window=1h | window is one of 1m, 10m, not \\\"1h\\\"",
        "refresh=5 | there is no parameter \\\"refresh\\\"",
      })
  void refusesWhatItDoesNotHave(String query, String reason) throws Exception {
    HttpResponse<String> reply = get("/top?" + query);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains(reason);
  }
}
