package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.cluster.ManifestModel;
import io.clusterzone.k8s.source.object.ParsedFile;
import io.clusterzone.k8s.source.yaml.BrokenFileException;
import io.clusterzone.k8s.source.yaml.SharedValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reading any file ends with objects and problems, never with another exception.
class ManifestFuzzTest {
  private static final int MUTATIONS = 400;

  @FuzzTest
  void readsAnyBytes(byte[] content) {
    read(content);
  }

  private static void read(byte[] content) {
    var model = new ManifestModel(ManifestTestbed.MADE);
    ParsedFile file = parse(content);
    model.apply(List.of(new ManifestModel.Change(ParsedFile.EMPTY, file)));
    model.apply(List.of(new ManifestModel.Change(file, ParsedFile.EMPTY)));
    for (Problem problem : file.problems()) {
      assertThat(problem.line()).isPositive();
      assertThat(problem.column()).isPositive();
    }
  }

  private static ParsedFile parse(byte[] content) {
    try {
      return FileContent.parse(
          "fuzz.yaml",
          () -> new ByteArrayInputStream(content),
          ManifestTestbed.MADE,
          new SharedValues());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BrokenFileException e) {
      return ParsedFile.EMPTY.brokenBy(e.in("fuzz.yaml"));
    }
  }

  static Stream<String> survivesMutatedManifests() {
    return Stream.of(
        Texts.service("web", "10.96.0.1"),
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: web, namespace: shop, ownerReferences: [{kind: X, name: y, controller: true}]}
        spec:
          replicas: 3
          ordinals: {start: 5}
          serviceName: web
          template:
            metadata: {labels: {app: web}}
            spec: {hostname: a, containers: [{ports: [{name: http, containerPort: 8080}]}]}
        """,
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web, namespace: shop}
        spec: {scaleTargetRef: {kind: StatefulSet, name: web}, minReplicas: 3}
        """,
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6], ports: [{port: 80}]}
        """,
        Texts.headless("web") + "---\n" + Texts.pod("web-0", "web", "10.0.0.1"),
        """
        {"kind": "ServiceList", "apiVersion": "v1", "items": [{"metadata": {"name": "w"},
         "spec": {"clusterIPs": ["10.96.0.1", "fd00::1"], "ports": [{"name": "a", "port": 80}]}}]}
        """,
        """
        x: &x {clusterIP: None, ports: &p [{port: 1}]}
        apiVersion: v1
        kind: Service
        metadata: {name: a, labels: &l {a: b}}
        spec: {<<: *x, ports: *p, selector: *l}
        """,
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: s, labels: {kubernetes.io/service-name: web}}
        addressType: IPv6
        endpoints: [{addresses: ["fd00::1"], conditions: {ready: true}, hostname: a, zone: z}]
        ports: [{name: "", port: 1, protocol: UDP}]
        """);
  }

  @ParameterizedTest
  @MethodSource
  void survivesMutatedManifests(String text) {
    for (long seed = 0; seed < MUTATIONS; seed++) {
      byte[] mutated = mutate(text.getBytes(StandardCharsets.UTF_8), new Random(seed));
      try {
        read(mutated);
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        throw new AssertionError(
            "seed " + seed + ": " + new String(mutated, StandardCharsets.UTF_8), e);
      }
    }
  }

  private static byte[] mutate(byte[] content, Random random) {
    byte[] mutated = content.clone();
    byte[] alphabet = "{}[]&*!|>'\"%@`:,#-?~<=\t\n 0x\u0000".getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = alphabet[random.nextInt(alphabet.length)];
        case 1 -> mutated[at] = (byte) random.nextInt(256);
        case 2 -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
        default ->
            System.arraycopy(
                mutated, 0, mutated, at, Math.min(random.nextInt(40), mutated.length - at));
      }
    }
    return mutated;
  }
}
