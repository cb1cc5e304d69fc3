package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.explain.ExplainRequest;
import io.clusterzone.dns.explain.Explainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// One row for each mistake that people make with names of a cluster: the finding, and the name
/// that was meant.
final class ExplainFindingsTest {
  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: List
      items:
      - {apiVersion: v1, kind: Namespace, metadata: {name: prod}}
      - {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
      - {apiVersion: v1, kind: Namespace, metadata: {name: default}}
      - {apiVersion: v1, kind: Namespace, metadata: {name: vault}}
      - {apiVersion: v1, kind: Namespace, metadata: {name: hidden}}
      - apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {clusterIP: 10.96.0.1, ports: [{name: http, port: 80}]}
      - apiVersion: v1
        kind: Service
        metadata: {name: api, namespace: prod}
        spec: {clusterIP: 10.96.0.2, ports: [{name: grpc, port: 90}]}
      - apiVersion: v1
        kind: Service
        metadata: {name: secrets, namespace: vault}
        spec: {clusterIP: 10.96.0.3, ports: [{name: http, port: 80}]}
      - apiVersion: v1
        kind: Service
        metadata: {name: attic, namespace: hidden}
        spec: {clusterIP: 10.96.0.4, ports: [{name: http, port: 80}]}
      - apiVersion: v1
        kind: Service
        metadata: {name: down, namespace: shop}
        spec: {clusterIP: None, ports: [{name: sql, port: 5432}]}
      - apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: down-1, namespace: shop, labels: {kubernetes.io/service-name: down}}
        addressType: IPv4
        endpoints: [{addresses: [10.1.0.9], conditions: {ready: false}, hostname: down-0}]
        ports: [{name: sql, port: 5432, protocol: TCP}]
      - apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {clusterIP: None, ports: [{name: sql, port: 5432}]}
      - apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}}
        addressType: IPv4
        endpoints:
        - addresses: [10.1.0.1]
          hostname: db-0
          targetRef: {kind: Pod, name: db-0, namespace: shop}
        - {addresses: [10.1.0.2], hostname: db-1, conditions: {ready: false}}
        - {addresses: [10.1.0.4], hostname: db-2, conditions: {ready: false, terminating: true}}
        - {addresses: [10.1.0.3], targetRef: {kind: Pod, name: db-plain, namespace: shop}}
        ports: [{name: sql, port: 5432, protocol: TCP}]
      - apiVersion: v1
        kind: Service
        metadata: {name: pay, namespace: shop}
        spec: {type: ExternalName, externalName: nowhere.shop.svc.cluster.local}
      """;

  @TempDir static Path directory;
  private static UnheardServer server;

  /// The same with a list of the namespaces that are served.
  private static UnheardServer narrow;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("all.yaml"), MANIFESTS);
    server = start("");
    narrow = start("namespaces prod shop default vault");
  }

  private static UnheardServer start(String option) throws InterruptedException {
    String corefile =
        """
        cluster.local in-addr.arpa {
          acl vault.svc.cluster.local {
            allow net 10.1.0.3
            block
          }
          acl lost.svc.cluster.local {
            drop
          }
          kubernetes {
            manifests %s
            %s
          }
        }
        """
            .formatted(directory, option);
    return UnheardServer.start(
        CorefileFile.good(
            CorefileParser.read("Corefile", corefile, ParseOptions.ofProcess()).result()));
  }

  @AfterAll
  static void stop() {
    server.close();
    narrow.close();
  }

  private static JsonNode explain(String name, String type, String from, String resolver)
      throws InterruptedException {
    return explain(server, name, type, from, resolver);
  }

  private static JsonNode explain(
      UnheardServer by, String name, String type, String from, String resolver)
      throws InterruptedException {
    return new Explainer(by.explained()).explain(ExplainRequest.of(name, type, from, resolver, ""));
  }

  private static String text(JsonNode json) {
    return json.path("findings")
        .valueStream()
        .map(finding ->
            finding.path("code").asString()
                + " "
                + finding.path("text").asString()
                + (finding.path("suggestion").asString().isEmpty()
                    ? ""
                    : " -> " + finding.path("suggestion").asString()))
        .collect(Collectors.joining("; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "web.shpo  | - | default | CZ0301 namespace `shpo` does not exist; `shop` does -> web.shop.svc.cluster.local.",
        "api.prdo  | - | default | CZ0301 namespace `prdo` does not exist; `prod` does -> api.prod.svc.cluster.local.",
        "web       | - | prod    | CZ0303 Service `web` exists in `shop`, not in `prod` -> web.shop.svc.cluster.local.",
        "wbe       | - | shop    | CZ0304 namespace `shop` has no Service `wbe`; it has `web` -> web.shop.svc.cluster.local.",
        "zzzzzz    | - | shop    | CZ0304 namespace `shop` has no Service `zzzzzz`",
        "down      | - | shop    | CZ0305 Service `shop/down` is headless and none of its 1 endpoint addresses is ready",
        "db-1.db   | - | shop    | CZ0306 endpoint `db-1` of Service `shop/db` is not ready",
        "bd-0.db   | - | shop    | CZ0306 Service `shop/db` has no endpoint `bd-0`; it has `db-0` -> db-0.db.shop.svc.cluster.local.",
        "db-plain.db | - | shop  | CZ0306 Pod `db-plain` is an endpoint of Service `shop/db` and has no hostname there -> 10-1-0-3.db.shop.svc.cluster.local.",
        "_htpt._tcp.web.shop | SRV | default | CZ0307 Service `shop/web` has no port `_htpt._tcp`; it has `_http._tcp` -> _http._tcp.web.shop.svc.cluster.local.",
        "_80._tcp.web.shop | SRV | default | CZ0307 Service `shop/web` has no port `_80._tcp`; it has `_http._tcp` -> _http._tcp.web.shop.svc.cluster.local.",
        "http.tcp.web.shop | SRV | default | CZ0308 `http.tcp` should be `_http._tcp` -> _http._tcp.web.shop.svc.cluster.local.",
        "web.shop  | AAAA | default | CZ0309 Service `shop/web` has no IPv6 address, and IPv4 ones",
        "db        | AAAA | shop  | CZ0309 Service `shop/db` has no IPv6 address, and IPv4 ones",
        "web.shop  | TXT | default | CZ0310 the name exists and has no TXT records",
        "web.shop.cluster.local. | - | default | CZ0311 the label `svc` is missing before `cluster.local.` -> web.shop.svc.cluster.local.",
        "web.shop.scv.cluster.local. | - | default | CZ0311 `scv` should be `svc` -> web.shop.svc.cluster.local.",
        "web.shop.svc.cluster.loca. | - | default | CZ0312 `cluster.loca.` is no zone of this cluster; its zone is `cluster.local.` -> web.shop.svc.cluster.local.; CZ0320 no server block takes `web.shop.svc.cluster.loca.`",
        "shop.web  | - | default | CZ0313 Service `web` exists in namespace `shop`: the Service comes first -> web.shop.svc.cluster.local.",
        "pay       | - | shop    | CZ0314 `pay.shop.svc.cluster.local.` is an alias of `nowhere.shop.svc.cluster.local.`, which has no A record (NXDOMAIN); CZ0304 namespace `shop` has no Service `nowhere`; CZ0314 `pay.shop.svc.cluster.local.` is an alias of `nowhere.shop.svc.cluster.local.`, which has no AAAA record (NXDOMAIN)",
        "1-2-3-4.shop.pod.cluster.local. | - | default | CZ0323 Pods have no names here: `pods disabled`",
        "10.1.0.2  | - | default | CZ0324 10.1.0.2 is an endpoint of Service `shop/db` that is not ready",
        "10.1.0.77 | - | default | CZ0324 10.1.0.77 is neither the cluster IP of a Service nor one of its ready endpoints",
        "example.com. | - | default | CZ0320 no server block takes `example.com.`",
      })
  void finds(String name, String type, String from, String findings) throws InterruptedException {
    JsonNode json = explain(name, Objects.requireNonNullElse(type, ""), from, "");
    assertThat(text(json)).isEqualTo(findings);
    assertThat(json.path("resolves").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db.shop.svc.cluster.local. | GLIBC | ''",
        "db | GLIBC | ''",
        "db.shop | GLIBC | CZ0326 2 questions are asked in vain before this name",
        "web | GLIBC | CZ0328 Service `shop/web` has no ready endpoint",
      })
  void remarks(String name, String resolver, String findings) throws InterruptedException {
    JsonNode json = explain(name, "", name.startsWith("db.shop") ? "default" : "shop", resolver);
    assertThat(text(json)).isEqualTo(findings);
    assertThat(json.path("resolves").asBoolean()).isTrue();
  }

  /// musl stops at a name without addresses, where others go on.
  @Test
  void tellsWhereTheResolverStopsTooEarly() throws InterruptedException {
    JsonNode json =
        new Explainer(server.explained())
            .explain(ExplainRequest.of("db.shop", "", "prod", "musl", "1"));
    assertThat(text(json))
        .contains("CZ0325 musl stops before `db.shop.svc.cluster.local.`, which resolves");
  }

  /// No word of what a policy hides: neither in the findings nor in the objects, be the name right
  /// or misspelt.
  @ParameterizedTest
  @CsvSource({
    "secrets.vault, default, CZ0319, CZ0319",
    "secrest.vault, default, CZ0319, CZ0319",
    "secrets.valt, default, CZ0301, CZ0302",
    "secrets, default, CZ0304, CZ0304",
    "secrets, vault, CZ0319, CZ0319",
    "web.lost.svc.cluster.local., default, CZ0319, CZ0319",
    "10.96.0.3, default, '', ''",
  })
  void tellsNothingThatAPolicyHides(String name, String from, String code, String narrowCode)
      throws InterruptedException {
    JsonNode json = explain(name, "", from, "");
    assertThat(text(json)).startsWith(code).doesNotContain("exists in", "it has");
    assertThat(json.path("objects")).isEmpty();
    JsonNode less = explain(narrow, name, "", from, "");
    assertThat(text(less)).startsWith(narrowCode).doesNotContain("exists in", "it has");
    assertThat(less.path("objects")).isEmpty();
  }

  /// Of a namespace that is not served nothing is told, not even whether it exists.
  @ParameterizedTest
  @CsvSource({
    "attic.hidden, CZ0302 namespace `hidden` is not served here",
    "nothing.hidden, CZ0302 namespace `hidden` is not served here",
    "nothing.nowhere, CZ0302 namespace `nowhere` is not served here",
    "attic, CZ0304 namespace `default` has no Service `attic`",
    "attic.hiden, CZ0302 namespace `hiden` is not served here",
    "web.shpo, CZ0302 namespace `shpo` is not served here; `shop` is -> web.shop.svc.cluster.local.",
    "10.96.0.4, CZ0324 10.96.0.4 is neither the cluster IP of a Service nor one of its ready endpoints",
  })
  void tellsNothingOfNamespacesThatAreNotServed(String name, String finding)
      throws InterruptedException {
    JsonNode json = explain(narrow, name, "", "default", "");
    assertThat(text(json)).isEqualTo(finding);
    assertThat(json.path("objects")).isEmpty();
  }

  /// An allowed client gets to see it: `--from` decides.
  @Test
  void tellsMoreToAClientThatMaySeeIt() throws InterruptedException {
    JsonNode json = explain("secrets.vault", "", "10.1.0.3", "");
    assertThat(json.path("resolves").asBoolean()).isTrue();
    assertThat(json.path("from").toString()).contains("db-plain", "shop");
    JsonNode byName = explain("secrets.vault", "", "shop/db-plain", "");
    assertThat(byName.path("from").path("address").asString()).isEqualTo("10.1.0.3");
    assertThat(byName.path("resolves").asBoolean()).isTrue();
    assertThat(explain("db", "", "shop/none", "").path("from").path("remark").asString())
        .contains("not known");
  }

  @Test
  void tellsTheFateOfEachEndpoint() throws InterruptedException {
    JsonNode endpoints = explain("db", "A", "shop", "").path("objects").path(0).path("endpoints");
    assertThat(
            endpoints
                .path("list")
                .valueStream()
                .map(one ->
                    one.path("address").asString()
                        + " "
                        + one.path("use").asString()
                        + " "
                        + one.path("why").asString()))
        .containsExactly(
            "10.1.0.2 left out not ready",
            "10.1.0.4 left out terminating",
            "10.1.0.1 answer ",
            "10.1.0.3 answer ");
    JsonNode one = explain("db-0.db", "A", "shop", "").path("objects").path(0).path("endpoints");
    assertThat(one.path("leftOut").toString())
        .isEqualTo("{\"not ready\":1,\"other name\":1,\"terminating\":1}");
    JsonNode other =
        explain("db.shop.svc.cluster.local.", "AAAA", "shop", "")
            .path("objects")
            .path(0)
            .path("endpoints");
    assertThat(other.path("leftOut").toString())
        .isEqualTo("{\"not ready\":1,\"other family\":2,\"terminating\":1}");
  }
}
