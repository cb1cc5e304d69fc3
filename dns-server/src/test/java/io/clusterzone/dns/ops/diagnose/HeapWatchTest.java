package io.clusterzone.dns.ops.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.Logged;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The warning that the heap is nearly full comes by full collections, and not with each of them.
final class HeapWatchTest {
  @AfterEach
  void watchNoMore() {
    HeapWatch.longLived().orElseThrow().setCollectionUsageThreshold(0);
  }

  @Test
  void warnsOnceThatWhatLivesLongFillsTheHeap() {
    try (var logged = new Logged(HeapWatch.class)) {
      HeapWatch.start(1e-9);
      System.gc();
      await().atMost(Duration.ofSeconds(20)).until(() -> !logged.lines().isEmpty());
      System.gc();
      System.gc();
      assertThat(logged.lines())
          .singleElement()
          .asString()
          .matches(
              "WARNING the memory is nearly full: after a full collection .* MiB are in use; .*");
    }
  }
}
