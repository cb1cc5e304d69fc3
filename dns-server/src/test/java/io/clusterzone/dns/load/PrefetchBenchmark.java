package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The effect of `prefetch` on a skewed load: the share of queries that the cache answers, the
/// questions that the upstream gets, and the time of queries, with and without it. The upstream
/// gives TTLs of a few seconds, so that names expire while they are asked for.
///
/// `--names` asked for by Zipf's law, `--rate` queries a second, `--seconds`, `--ttl` of the
/// upstream, `--port` the first of ten.
final class PrefetchBenchmark {
  private static final String PREFETCH = "prefetch 2 1m 20%";

  private PrefetchBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments, "names", "rate", "seconds", "ttl", "port");
    System.out.println(
        "| cache | queries | hits of them | prefetches | upstream questions | p50 ms | p99 ms |"
            + " p99.9 ms | lost | wrong | CPU us/query |");
    run(options, "");
    run(options, PREFETCH);
  }

  private static void run(Options options, String more) throws Exception {
    Path directory = Files.createTempDirectory("prefetch-benchmark");
    var ports = new ServerPorts(options.number("port", 22000));
    int seconds = options.number("seconds", 60);
    try (var upstream =
        JavaProcess.start(Pins.last(), Upstream.class.getName(), options.text("ttl", "5"))) {
      String corefile =
          """
          .:%d {
              bind 127.0.0.1
              ready 127.0.0.1:%d
              prometheus 127.0.0.1:%d
              forward . 127.0.0.1:%s
              cache 30 {
                  %s
              }
          }
          """
              .formatted(ports.dns(), ports.ready(), ports.metrics(), upstream.read(), more);
      var tally = new Tally();
      try (var server = ServerProcess.start(directory, ports, corefile, "", List.of())) {
        server.awaitReady(60);
        Counts during;
        try (var load =
            Load.open(
                List.of(ports.address()),
                OutsideNames.zipf(options.number("names", 20_000)),
                options.number("rate", 5000))) {
          Thread.sleep(seconds * 500L);
          load.countIn(tally);
          var before = Counts.of(server, upstream);
          Thread.sleep(seconds * 1000L);
          during = Counts.of(server, upstream).minus(before);
          load.countIn(new Tally());
        }
        report(more.isEmpty() ? "plain" : more, tally, during);
      }
    }
  }

  private record Counts(double hits, double misses, double prefetches, long asked, long cpuNanos) {
    static Counts of(ServerProcess server, JavaProcess upstream) throws IOException {
      upstream.tell("");
      return new Counts(
          server.metric("coredns_cache_hits_total", ""),
          server.metric("coredns_cache_misses_total", ""),
          server.metric("coredns_cache_prefetch_total", ""),
          Long.parseLong(upstream.read()),
          server.figures().cpuNanos());
    }

    Counts minus(Counts other) {
      return new Counts(
          hits - other.hits,
          misses - other.misses,
          prefetches - other.prefetches,
          asked - other.asked,
          cpuNanos - other.cpuNanos);
    }
  }

  private static void report(String cache, Tally tally, Counts counts) {
    System.out.println(
        "| %s | %d | %.2f%% | %.0f | %d | %.3f | %.3f | %.3f | %d | %d | %.1f |"
            .formatted(
                cache,
                tally.replies(),
                100 * counts.hits() / (counts.hits() + counts.misses()),
                counts.prefetches(),
                counts.asked(),
                tally.millis(50),
                tally.millis(99),
                tally.millis(99.9),
                tally.losses(),
                tally.wrongs(),
                counts.cpuNanos() / 1000.0 / tally.replies()));
  }
}
