package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole way of a query through the plan of its server block allocates nothing.
final class HandlerAllocationTest {
  private static final int QUERIES = 100_000;

  @ParameterizedTest
  @CsvSource({
    "PLAIN, ANSWER",
    "PLAIN, NXDOMAIN",
    "PLAIN, ALIAS",
    "KUBEADM, ANSWER",
    "KUBEADM, NXDOMAIN",
    "KUBEADM, ALIAS",
    "GUARDED, ANSWER",
    "SHADOWED, ANSWER",
    "SHADOWED, NXDOMAIN"
  })
  void answersWithoutGarbage(HandlerBenchmark.Block block, HandlerBenchmark.Kind kind)
      throws Exception {
    var bench = new HandlerBenchmark();
    bench.block = block;
    bench.kind = kind;
    bench.prepare();
    try {
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      ask(bench);
      long before = threads.getCurrentThreadAllocatedBytes();
      long octets = ask(bench);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(octets).isPositive();
      assertThat(allocated).as("octets for %d queries", QUERIES).isLessThan(QUERIES / 10);
    } finally {
      bench.close();
    }
  }

  private static long ask(HandlerBenchmark bench) {
    long octets = 0;
    for (int i = 0; i < QUERIES; i++) {
      octets += bench.answer();
    }
    return octets;
  }
}
