package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterObject.Service;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which texts are read, and as what.
class ManifestParserTest {
  private static final String WEB = Texts.service("web", "10.96.0.1");

  static Stream<Arguments> textsThatDefineOneService() {
    return Stream.of(
        Arguments.of("plain", WEB),
        Arguments.of("Windows line ends", WEB.replace("\n", "\r\n")),
        Arguments.of("byte order mark", "\uFEFF" + WEB),
        Arguments.of("document markers", "---\n" + WEB + "...\n---\n"),
        Arguments.of(
            "helm template: comments and empty documents",
            "---\n# Source: shop/templates/web.yaml\n"
                + WEB
                + "---\n# Source: empty.yaml\n---\n\n"),
        Arguments.of("directives", "%YAML 1.1\n---\n" + WEB),
        Arguments.of(
            "JSON",
            """
            {"kind": "Service", "apiVersion": "v1",
             "metadata": {"name": "web", "namespace": "shop"},
             "spec": {"clusterIP": "10.96.0.1", "ports": [{"name": "http", "port": 80}]}}
            """),
        Arguments.of(
            "JSON with tabs and escapes",
            """
            {
            \t"kind": "Service",
            \t"apiVersion": "v1",
            \t"metadata": {
            \t\t"annotations": {"path": "a\\/b \\ud83d\\ude00"},
            \t\t"name": "w\\u0065b",
            \t\t"namespace": "shop"
            \t},
            \t"spec": {
            \t\t"clusterIP": "10.96.0.1",
            \t\t"ports": [{"name": "http", "port": 80}]
            \t}
            }
            """),
        Arguments.of(
            "kubectl get: items before kind",
            "apiVersion: v1\nitems:\n- " + WEB.indent(2).stripLeading() + "kind: List\n"),
        Arguments.of(
            "kubectl get --raw: a typed list whose items have no kind",
            """
            {"kind": "ServiceList", "apiVersion": "v1", "metadata": {},
             "items": [{"metadata": {"name": "web", "namespace": "shop"},
               "spec": {"clusterIP": "10.96.0.1", "ports": [{"name": "http", "port": 80}]}}]}
            """),
        Arguments.of(
            "a typed list that says so at its end",
            """
            {"items": [{"metadata": {"name": "web", "namespace": "shop"},
               "spec": {"clusterIP": "10.96.0.1", "ports": [{"name": "http", "port": 80}]}}],
             "kind": "ServiceList", "apiVersion": "v1"}
            """),
        Arguments.of(
            "a list in a list",
            """
            kind: List
            apiVersion: v1
            items:
            - kind: ServiceList
              apiVersion: v1
              items:
              - metadata: {name: web, namespace: shop}
                spec: {clusterIP: 10.96.0.1, ports: [{name: http, port: 80}]}
            """),
        Arguments.of(
            "an anchored list",
            "kind: List\napiVersion: v1\nitems: &all\n- " + WEB.indent(2).stripLeading()),
        Arguments.of(
            "anchors, aliases and merged fields",
            """
            apiVersion: v1
            kind: Service
            x-defaults: &defaults
              clusterIP: 10.96.0.1
              ports: &ports
              - {name: http, port: 81}
            metadata: {name: &name web, namespace: shop, labels: {app: *name}}
            spec:
              <<: *defaults
              ports:
              - {name: http, port: 80}
            """),
        Arguments.of(
            "an explicit tag makes text of a number",
            WEB.replace("name: http", "name: !!str http")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void textsThatDefineOneService(String name, String text) {
    var testbed = ManifestTestbed.of(text);

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.ids()).containsExactly("NAMESPACE shop", "SERVICE shop/web");
    Service service = testbed.sink().all(Service.class).getFirst();
    assertThat(service.clusterIps()).hasToString("[10.96.0.1]");
    assertThat(service.ports()).hasToString("[Port[name=http, protocol=tcp, number=80]]");
  }

  @Test
  void passesOverOtherKindsButTheirNamespacesExist() {
    var testbed =
        ManifestTestbed.of(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: batch}
            spec: {replicas: 3, template: {spec: {containers: [{name: web, ports: nonsense}]}}}
            ---
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: knative, namespace: shop}
            ---
            apiVersion: example.org/v1
            kind: Menu
            metadata: {name: monday}
            items:
            - apiVersion: v1
              kind: Service
              metadata: {name: soup}
              spec: {ports: [{port: 1}]}
            """);

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.ids()).containsExactly("NAMESPACE batch", "NAMESPACE shop");
    assertThat(testbed.passedOver()).isEqualTo(3);
  }

  /// What has a name is an object: the metadata of a list has none.
  @ParameterizedTest
  @ValueSource(strings = {"spec: {}", "items: []", "items: [192.0.2.0/24]"})
  void anObjectWhoseKindEndsLikeAListIsPassedOver(String content) {
    var testbed =
        ManifestTestbed.of(
            "apiVersion: example.com/v1\nkind: AllowList\n"
                + "metadata: {name: office, namespace: shop}\n"
                + content
                + "\n");

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.ids()).containsExactly("NAMESPACE shop");
    assertThat(testbed.passedOver()).isEqualTo(1);
  }

  @Test
  void objectsWithoutNamespaceAreInDefault() {
    var testbed = ManifestTestbed.of(WEB.replace("  namespace: shop\n", ""));

    assertThat(testbed.ids()).containsExactly("NAMESPACE default", "SERVICE default/web");
  }

  @Test
  void emptyListsAndEmptyFilesDefineNothing() {
    var testbed =
        ManifestTestbed.of("apiVersion: v1\nitems: []\nkind: List\n", "# nothing\n", "\n", "---\n");

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.ids()).isEmpty();
  }

  static Stream<Arguments> textsThatAreBroken() {
    String laughs =
        """
        a: &a [x, x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
        e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
        f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
        g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
        """;
    return Stream.of(
        Arguments.of(
            "aliases that multiply", laughs, "aliases stand for more than 1,000,000 nodes"),
        Arguments.of("an alias in its own value", "kind: &a [*a]\n", "a.yaml:1:11: the alias *a"),
        Arguments.of("an alias of nothing", "kind: *a\n", "a.yaml:1:7: the alias *a names no"),
        Arguments.of("nested lists", "[".repeat(20_000), "nested more than 100 levels deep"),
        Arguments.of("nested maps", "{a: ".repeat(20_000), "nested more than 100 levels deep"),
        Arguments.of(
            "nested in what is skipped", "x: " + "[".repeat(20_000), "nested more than 100"),
        Arguments.of("cut off in quotes", WEB + "status: \"", "not YAML: "),
        Arguments.of("wrong indentation", WEB + " status: {}\n", "a.yaml:10:"),
        Arguments.of("a tab for indentation", WEB + "status:\n\ta: b\n", "a.yaml:11:1: not YAML"),
        Arguments.of("a binary file", "\u0000\u0001\u0002", "is not allowed in YAML"),
        Arguments.of("a template", "{{ if .Values.web }}\n" + WEB, "a.yaml:1:"),
        Arguments.of("a key that is a list", "? [a, b]\n: c\n", "a.yaml:1:3: a key must be text"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void textsThatAreBroken(String name, String text, String expected) {
    var testbed = ManifestTestbed.of(text);

    assertThat(testbed.problems()).hasSize(1).first().asString().contains(expected);
    assertThat(testbed.ids()).isEmpty();
  }

  @Test
  void longListNeedsTheMemoryOfOneItemOnly() {
    // Aliases count what they repeat; a plain list, however long, does not.
    String items = "- {kind: Secret, apiVersion: v1, metadata: {name: a}}\n".repeat(20_000);

    var testbed = ManifestTestbed.of("kind: List\napiVersion: v1\nitems:\n" + items);

    assertThat(testbed.problems()).isEmpty();
    assertThat(testbed.passedOver()).isEqualTo(20_000);
  }
}
