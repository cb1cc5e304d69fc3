package io.clusterzone.dns.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.ops.HealthCounters;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.k8s.api.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthProbeTest {
  private final HealthCounters counters = new HealthCounters();

  private String text() {
    return new Metrics(List.of(counters)).text();
  }

  @Test
  void measuresItsOwnHealthOnAWildcardAddress() throws Exception {
    try (AdminServer server = new AdminServer()) {
      server.serve(List.of(Endpoint.health(new InetSocketAddress(0))));
      InetSocketAddress address = new InetSocketAddress(server.addresses().getFirst().getPort());
      try (HealthProbe probe = HealthProbe.start(address, counters)) {
        assertThat(probe).isNotNull();
        await().until(() -> text().contains("coredns_health_request_duration_seconds_count 1\n"));
      }
    }
    assertThat(text()).contains("coredns_health_request_failures_total 0\n");
  }

  @Test
  void countsWhatFails() throws Exception {
    var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next());
    try (HealthProbe probe = HealthProbe.start(nobody, counters)) {
      assertThat(probe).isNotNull();
      await().until(() -> text().contains("coredns_health_request_failures_total 1\n"));
    }
    assertThat(text()).contains("coredns_health_request_duration_seconds_count 1\n");
  }

  @Test
  void anyOtherAnswerIsAFailure() throws Exception {
    try (AdminServer server = new AdminServer()) {
      server.serve(
          List.of(
              new Endpoint(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  "/other",
                  _ -> HttpReply.plain(200, ""))));
      assertThatIOException()
          .isThrownBy(() -> HealthProbe.request(server.addresses().getFirst()))
          .withMessageContaining("404");
    }
  }
}
