package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The state of a kind that is learnt by more than one watch.
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

  /// Whoever asks how stale the answers are wants to hear of the stalest.
  @Test
  void isProvenAsOfTheWatchThatProvedLongestAgo() {
    var written = Instant.ofEpochSecond(1000);
    status.isLearntBy(SHOP);
    status.isLearntBy(BANK);
    assertThat(status.lastProof()).isEqualTo(Instant.EPOCH);
    status.isFromSnapshot(written);
    assertThat(status.lastProof()).isEqualTo(written);
    status.proven(SHOP, written.plusSeconds(10));
    assertThat(status.lastProof()).isEqualTo(written);
    status.proven(BANK, written.plusSeconds(20));
    assertThat(status.lastProof()).isEqualTo(written.plusSeconds(10));
    status.changed(SHOP, written.plusSeconds(30));
    assertThat(status.lastProof()).isEqualTo(written.plusSeconds(20));
    status.checkedClean(BANK, written.plusSeconds(40));
    assertThat(status.lastProof()).isEqualTo(written.plusSeconds(30));
  }
}
