package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.Kind;
import org.junit.jupiter.api.Test;

/// How it stands with a kind that is learnt by more than one watch.
final class KindStatusTest {
  private static final Resource SHOP = namespace("shop");
  private static final Resource BANK = namespace("bank");

  private final KindStatus status = new KindStatus(Kind.NAMESPACE);

  private static Resource namespace(String name) {
    return new Resource(Kind.NAMESPACE, "", "", "metadata.name=" + name, false);
  }

  @Test
  void oneWatchThatWorksDoesNotSolveTheProblemOfAnother() {
    assertThat(status.problem(SHOP, "forbidden")).isTrue();
    assertThat(status.solved(BANK)).isFalse();
    assertThat(status.problems()).containsExactly("forbidden");
    assertThat(status.solved(SHOP)).isTrue();
    assertThat(status.problems()).isEmpty();
  }
}
