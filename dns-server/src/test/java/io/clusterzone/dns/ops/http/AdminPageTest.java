package io.clusterzone.dns.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A page of `admin` is bounded, and not for other web sites.
final class AdminPageTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_500_000_000);

  private AdminPage page(QueryPage content) {
    return new AdminPage(content, new TokenBucket(4, nanos::get));
  }

  private static String body(HttpReply reply) throws IOException {
    var out = new ByteArrayOutputStream();
    reply.body().writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static HttpReply echo(HttpQuery query) {
    return HttpReply.json(200, Map.of("name", query.one("name", "")));
  }

  @Test
  void isShownSoManyTimesASecond() {
    AdminPage page = page(AdminPageTest::echo);
    for (int second = 0; second < 3; second++) {
      for (int i = 0; i < 4; i++) {
        assertThat(page.show("").status()).isEqualTo(200);
      }
      HttpReply reply = page.show("");
      assertThat(reply.status()).isEqualTo(429);
      assertThat(new String(reply.head(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
          .contains("\r\nRetry-After: 1\r\n");
      nanos.addAndGet(1_000_000_000);
    }
  }

  @Test
  void asksAgainAsSoonAsOneMoreIsLet() {
    AdminPage page = page(AdminPageTest::echo);
    for (int i = 0; i < 4; i++) {
      assertThat(page.show("").status()).isEqualTo(200);
    }
    nanos.addAndGet(249_999_999);
    assertThat(page.show("").status()).isEqualTo(429);
    nanos.addAndGet(1);
    assertThat(page.show("").status()).isEqualTo(200);
    assertThat(page.show("").status()).isEqualTo(429);
  }

  @Test
  void aQueryThatIsNotTakenIsABadRequest() throws IOException {
    HttpReply reply = page(AdminPageTest::echo).show("name=%22&name=a");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(body(reply))
        .isEqualTo("{\n  \"error\": \"the parameter name is there more than once\"\n}\n");
    assertThat(body(page(AdminPageTest::echo).show("name=%22")))
        .isEqualTo("{\n  \"name\": \"\\\"\"\n}\n");
  }

  @Test
  void aReplyThatIsTooLargeIsNotSent() throws IOException {
    String most = "x".repeat((int) AdminPage.LARGEST);
    assertThat(page(_ -> HttpReply.plain(200, most)).show("").status()).isEqualTo(200);
    HttpReply reply = page(_ -> HttpReply.plain(200, most + "x")).show("");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(body(reply)).contains("4,194,305 octets", "ask for less");
  }

  private String ask(String fields) throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server = new AdminServer()) {
      server.serve(List.of(new Endpoint(any, "/top", page(AdminPageTest::echo))));
      try (Socket client = new Socket()) {
        client.setSoTimeout(10_000);
        client.connect(server.addresses().getFirst());
        client
            .getOutputStream()
            .write(
                ("GET /top HTTP/1.1\r\n" + fields + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host: 127.0.0.1:9154 | 200",
        "host: 127.0.0.1 | 200",
        "Host: localhost:18080 | 200",
        "Host: LOCALHOST | 200",
        "Host: [::1]:9154 | 200",
        "Host: 10.0.0.1:9154 | 200",
        "Host: 127.0.0.1, Sec-Fetch-Site: none | 200",
        "Host: 127.0.0.1, Sec-Fetch-Site: same-origin | 200",
        "Host: evil.example:9154 | 403",
        "Host: 127.0.0.1.evil.example | 403",
        "Host: localhost.evil.example | 403",
        "Host: [evil.example] | 403",
        "Host: | 403",
        "X: 127.0.0.1 | 403",
        "Host: 127.0.0.1, Host: evil.example | 403",
        "Host: 127.0.0.1, Sec-Fetch-Site: cross-site | 403",
        "Host: 127.0.0.1, Sec-Fetch-Site: same-site | 403",
      })
  void isNotForOtherWebSites(String fields, int status) throws Exception {
    String reply = ask(fields.replace(", ", "\r\n"));
    assertThat(reply).startsWith("HTTP/1.1 " + status + " ");
    assertThat(reply)
        .contains("\r\nCross-Origin-Resource-Policy: same-origin\r\n")
        .doesNotContain("Access-Control-Allow");
    assertThat(reply.contains("\"name\"")).isEqualTo(status == 200);
  }
}
