package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.k8s.api.FreePorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The page `/status`.
final class StatusPageTest {
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {clusterIP: 10.96.0.1, ports: [{port: 80}]}
      """;

  private static String get(int port, String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static Corefile corefile(int port, Path manifests) {
    String text =
        """
        .:0 {
          bind 127.0.0.1
          kubernetes cluster.local { manifests %s }
          forward . 127.0.0.1:9
          admin localhost:%d
        }
        """
            .formatted(manifests, port);
    return CorefileFile.good(
        CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result());
  }

  @Test
  void showsTheStateOfEachPart(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("web.yaml"), SERVICE);
    int port = FreePorts.next();
    try (Server server = Servers.start(corefile(port, directory))) {
      JsonNode status = JsonMapper.shared().readTree(get(port, "/status"));
      assertThat(status.path("version").asString()).isEqualTo(Version.number());
      assertThat(status.path("ready").asBoolean()).isTrue();
      assertThat(status.path("corefile").path("last_taken").asBoolean()).isTrue();
      assertThat(status.path("listeners").get(0).asString())
          .isEqualTo("127.0.0.1:" + server.addresses().getFirst().getPort());
      JsonNode cluster = status.path("clusters").get(0);
      assertThat(cluster.path("source").asString()).isEqualTo("manifests");
      assertThat(cluster.path("looks").get(0).path("late").asBoolean()).isFalse();
      JsonNode zone = cluster.path("zones").get(0);
      assertThat(zone.path("zone").asString()).isEqualTo("cluster.local.");
      assertThat(zone.path("digest").asString()).matches("[0-9a-f]{16}");
      assertThat(zone.path("serial").asLong()).isGreaterThan(1_700_000_000L);
      assertThat(status.path("upstreams").get(0).path("address").asString())
          .isEqualTo("127.0.0.1:9");
      assertThat(get(port, "/status?output=text"))
          .contains("ready: true", "zone: cluster.local.")
          .doesNotContain("{", "\"");
      assertThat(get(port, "/status?output=xml")).contains("output is one of json, text");
      server.reloads().failed();
      assertThat(get(port, "/status")).contains("\"last_taken\": false", "\"failed_reloads\": 1");
    }
  }

  /// A problem of the connection may name a credential's file.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the token cannot be read: /var/run/secrets/token: no | the token cannot be read: FILE: no
          https://10.0.0.1:6443: no answer in time | https://10.0.0.1:6443: no answer in time
          https://[fd00::1]:6443/a: refused | https://[fd00::1]:6443/a: refused
          see /etc/ca.crt, or (/etc/key) | see FILE, or (FILE)
          """)
  void namesNoFile(String text, String shown) {
    assertThat(ClusterStatus.withoutPaths(text)).isEqualTo(shown);
  }
}
