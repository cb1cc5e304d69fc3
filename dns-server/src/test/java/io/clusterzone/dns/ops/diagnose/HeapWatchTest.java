package io.clusterzone.dns.ops.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.Logged;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The warning that the heap is nearly full comes by full collections, and not with each of them.
final class HeapWatchTest {
  @AfterEach
  void watchNoMore() {
    HeapWatch.longLived().orElseThrow().setCollectionUsageThreshold(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false | raise the limit of the container",
        "true | raise the limit of the container, or watch less with \"endpoints auto\"",
      })
  void warnsOnceThatWhatLivesLongFillsTheHeap(boolean clusters, String advice) {
    try (var logged = new Logged(HeapWatch.class)) {
      HeapWatch.start(1e-9, () -> clusters);
      System.gc();
      await().atMost(Duration.ofSeconds(20)).until(() -> !logged.lines().isEmpty());
      System.gc();
      System.gc();
      assertThat(logged.lines())
          .singleElement()
          .asString()
          .startsWith("WARNING the memory is nearly full: after a full collection ")
          .endsWith(" MiB are in use; " + advice);
    }
  }
}
