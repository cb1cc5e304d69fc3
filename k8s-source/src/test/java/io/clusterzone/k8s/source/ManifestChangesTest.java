package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The events of any sequence of changes add up to what the last state of the files gives at once.
class ManifestChangesTest {
  private static final int STEPS = 60;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void eventsAddUpToARebuild(long seed) {
    var random = new Random(seed);
    Map<String, String> files = new HashMap<>();
    var incremental = new ManifestTestbed(ManifestTestbed.ALL);
    for (int step = 0; step < STEPS; step++) {
      Map<String, String> change = new LinkedHashMap<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        int file = random.nextInt(12);
        change.put("f" + (char) ('a' + file) + ".yaml", text(random, file));
      }
      files.putAll(change);
      incremental.put(change);

      var rebuilt = new ManifestTestbed(ManifestTestbed.ALL).put(files);
      assertThat(incremental.objects())
          .as("seed %d, step %d, %s", seed, step, change)
          .isEqualTo(rebuilt.objects());
      assertThat(incremental.problems())
          .as("seed %d, step %d, %s", seed, step, change)
          .isEqualTo(rebuilt.problems());
    }
  }

  /// Some objects with names that other files use as well. No cluster IP is claimed by two
  /// Services: which one has it then depends on which had it first.
  private static String text(Random random, int file) {
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(object(random, file)).append("\n---\n");
    }
    return text.toString();
  }

  private static String object(Random random, int file) {
    int number = random.nextInt(3);
    String app = "app" + number;
    String node = "n" + random.nextInt(2);
    String zone = "z" + random.nextInt(3);
    int space = random.nextInt(2);
    String namespace = "ns" + space;
    String object =
        switch (random.nextInt(8)) {
          case 0 -> Texts.headless(app);
          case 1 ->
              Texts.service(app, "10.96.%d.%d".formatted(file, number * 2 + space))
                  .replace("\nspec:", "\nspec:\n  selector: {app: x}");
          case 2 -> Texts.service(app, "None");
          case 3, 4 ->
              Texts.pod("pod" + random.nextInt(5), app, "10.0.0." + random.nextInt(9))
                  .replace("spec: {}", "spec: {nodeName: " + node + "}");
          case 5 ->
              """
              {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
               metadata: {name: s%d, namespace: shop, labels: {kubernetes.io/service-name: %s}},
               addressType: IPv4, endpoints: [{addresses: [10.1.0.%d]}]}
              """
                  .formatted(random.nextInt(3), app, random.nextInt(9));
          case 6 ->
              """
              {apiVersion: v1, kind: Endpoints, metadata: {name: %s, namespace: shop},
               subsets: [{addresses: [{ip: 10.2.0.%d}]}]}
              """
                  .formatted(app, random.nextInt(9));
          default ->
              """
              {apiVersion: v1, kind: Node,
               metadata: {name: %s, labels: {topology.kubernetes.io/zone: %s}}}
              """
                  .formatted(node, zone);
        };
    return object.replace("shop", namespace);
  }
}
