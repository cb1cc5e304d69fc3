package io.clusterzone.dns.transport.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.transport.TestServer;
import io.clusterzone.k8s.api.Logged;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The log's lines on limited clients, on a clock of its own: two event loops report ten times a
/// second.
final class LimitedClientsTest {
  private static final String LINE =
      "WARNING more is sent over UDP than can be answered, and who sends most is limited: %s; see"
          + " what they ask, or give the server more CPU or replicas";

  private final Logged logged = new Logged(LimitedClients.class);
  private final LimitedClients clients = new LimitedClients();
  private final FloodGate one = TestServer.gate();
  private final FloodGate two = TestServer.gate();
  private long nanos = Long.MAX_VALUE - 1;

  @AfterEach
  void close() {
    logged.close();
  }

  private void pass(double seconds, List<LimitedClient> ofOne, List<LimitedClient> ofTwo) {
    long end = nanos + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    for (; nanos - end < 0; nanos += FloodGate.PERIOD.toNanos()) {
      clients.limited(one, ofOne, nanos);
      clients.limited(two, ofTwo, nanos);
    }
  }

  private static LimitedClient client(int last, double sent) {
    return new LimitedClient("192.0.2." + last, sent, 100);
  }

  @Test
  void aFloodHasALineASecondLaterOneEachMinuteAndOneAtItsEnd() {
    var limited = List.of(client(1, 5000));
    pass(1, limited, List.of());
    assertThat(logged.lines()).isEmpty();
    pass(59, limited, List.of());
    String first = LINE.formatted("192.0.2.1: 5000/s, 100/s of them taken");
    assertThat(logged.lines()).containsExactly(first);
    pass(60, List.of(client(2, 6000)), List.of());
    String second = LINE.formatted("192.0.2.2: 6000/s, 100/s of them taken");
    assertThat(logged.lines()).containsExactly(first, second);

    clients.ended(one, nanos);
    assertThat(logged.lines()).hasSize(2);
    clients.ended(two, nanos);
    assertThat(logged.lines())
        .containsExactly(first, second, "INFO nobody is limited over UDP any more, after 120 s");
  }

  @Test
  void namesTheLargestOfAllLoopsAndCountsTheOthers() {
    var ofOne = List.of(client(1, 500), client(2, 5000), client(3, 50), client(4, 60));
    var ofTwo =
        List.of(client(1, 700), client(5, 70), new LimitedClient(LimitedClient.OTHERS, 900, 1.4));
    pass(2, ofOne, ofTwo);
    assertThat(clients.count()).isEqualTo(6);
    assertThat(logged.lines())
        .containsExactly(
            LINE.formatted(
                "192.0.2.2: 5000/s, 100/s of them taken; 192.0.2.1: 1200/s, 200/s of them taken;"
                    + " clients that cannot be told apart: 900/s, 1/s of them taken; and 3 more"));
  }

  /// A burst that is over within a second is in the metrics.
  @Test
  void aShortOneHasNoLine() {
    pass(0.5, List.of(client(1, 5000)), List.of());
    assertThat(clients.count()).isEqualTo(1);
    pass(5, List.of(), List.of());
    assertThat(clients.count()).isZero();
    clients.ended(one, nanos);
    clients.ended(two, nanos);
    assertThat(logged.lines()).isEmpty();
  }

  @Test
  void theNextFloodIsToldOfAsTheFirst() {
    for (int i = 1; i <= 3; i++) {
      pass(2, List.of(), List.of(client(i, 5000)));
      clients.ended(one, nanos);
      clients.ended(two, nanos);
      assertThat(logged.lines()).hasSize(2 * i);
    }
  }
}
