package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// The cost of a query to the built image that is answered from its zone, from its cache, and from
/// an upstream: CPU time of its process divided by the replies, in rounds that take turns, with
/// kubeadm's Corefile. Then the memory with the cache full, of ever more names.
///
/// The server has the first processor and everything else the last, where `taskset` is.
///
/// A server that stands still for more than 20 ms sheds what would be forwarded: on a machine that
/// does other work, some misses are SERVFAIL, and count as wrong.
///
/// `--rounds N` `--seconds` of each, `--window` queries at once, `--names` to fill the cache with,
/// `--memory SIZE` that the image's runtime takes for the machine's, `--port` the first of ten.
final class ForwardBenchmark {
  private static final int SERVICES = 1000;
  private static final int HOT_NAMES = 1000;
  private static final int WARM_MILLIS = 20_000;
  private static final int LONG_TTL_SECONDS = 86_400;
  private static final double MIB = 1 << 20;

  /// A way to be answered.
  private static final class Way {
    private final String name;
    private final Supplier<Query> queries;
    private final double[] nanos;

    Way(String name, Supplier<Query> queries, int rounds) {
      this.name = name;
      this.queries = queries;
      this.nanos = new double[rounds];
    }
  }

  private final BigCluster cluster = new BigCluster(SERVICES);
  private final Options options;
  private final int rounds;
  private final Way zone;
  private final Way miss;
  private final List<Way> ways;

  private ForwardBenchmark(Options options) {
    this.options = options;
    this.rounds = options.number("rounds", 7);
    this.zone = new Way("zone", cluster.clusterIps(new Random(1)), rounds);
    this.miss = new Way("miss", OutsideNames.fresh(0), rounds);
    this.ways = List.of(zone, new Way("hit", OutsideNames.all(HOT_NAMES), rounds), miss);
  }

  public static void main(String[] arguments) throws Exception {
    new ForwardBenchmark(
            Options.of(arguments, "rounds", "seconds", "window", "names", "memory", "port"))
        .run();
  }

  private void run() throws Exception {
    Pins.moveThisProcess();
    Path directory = Files.createTempDirectory("forward-benchmark");
    var ports = new ServerPorts(options.number("port", 22000));
    try (var api = JavaProcess.start(Pins.last(), ClusterBenchmark.API);
        var upstream =
            JavaProcess.start(Pins.last(), Upstream.class.getName(), "" + LONG_TTL_SECONDS)) {
      String endpoint = "endpoint " + api.read();
      cluster.fill(api);
      String corefile = ports.kubeadm(endpoint, "127.0.0.1:" + upstream.read());
      String memory = "-XX:MaxRAM=" + options.text("memory", "170m");
      try (var server = ServerProcess.start(directory, ports, corefile, memory, Pins.first())) {
        server.awaitReady(60);
        for (Way way : ways) {
          load(server, way, WARM_MILLIS);
        }
        for (int round = 0; round < rounds; round++) {
          for (Way way : ways) {
            measure(server, way, round);
          }
        }
        report();
        fill(server);
        System.out.println("shed: %.0f".formatted(server.metric("clusterzone_shed_total", "")));
      }
    }
  }

  private Tally load(ServerProcess server, Way way, int millis) throws Exception {
    var tally = new Tally();
    try (var load =
        Load.closed(List.of(server.ports().address()), way.queries, options.number("window", 64))) {
      load.countIn(tally);
      Thread.sleep(millis);
    }
    return tally;
  }

  private void measure(ServerProcess server, Way way, int round) throws Exception {
    long begun = System.nanoTime();
    long before = server.figures().cpuNanos();
    Tally tally = load(server, way, options.number("seconds", 4) * 1000);
    double cost = (double) (server.figures().cpuNanos() - before) / tally.replies();
    long elapsed = System.nanoTime() - begun;
    way.nanos[round] = cost;
    System.out.println(
        "%-4s %6.0f ns/query, %6.0f queries/s, %s"
            .formatted(way.name, cost, tally.replies() * 1e9 / elapsed, tally));
  }

  private void report() {
    System.out.println("| way | CPU ns/query, median | range | x zone, median of rounds |");
    for (Way way : ways) {
      double[] ratios = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        ratios[i] = way.nanos[i] / zone.nanos[i];
      }
      System.out.println(
          "| %s | %.0f | %.0f-%.0f | %.2f |"
              .formatted(
                  way.name,
                  median(way.nanos),
                  Arrays.stream(way.nanos).min().orElseThrow(),
                  Arrays.stream(way.nanos).max().orElseThrow(),
                  median(ratios)));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /// Asks for names that nobody has asked for, and shows what is kept and what it takes.
  private void fill(ServerProcess server) throws IOException, InterruptedException {
    ProcessFigures figures = server.figures();
    int names = options.number("names", 200_000);
    System.out.println("| names asked for | replies kept | resident MiB | peak MiB |");
    figures.resetPeak();
    for (int tenth = 0; tenth <= 10; tenth++) {
      if (tenth > 0) {
        ask(server, names / 10);
      }
      System.out.println(
          "| %d | %.0f | %.1f | %.1f |"
              .formatted(
                  names / 10 * tenth,
                  server.metric("coredns_cache_entries", ""),
                  figures.residentBytes() / MIB,
                  figures.peakBytes() / MIB));
    }
  }

  private void ask(ServerProcess server, int names) throws IOException {
    var tally = new Tally();
    try (var asker = new Asker(server.ports().address())) {
      for (int i = 0; i < names || asker.count() > 0; ) {
        if (i < names && asker.count() < options.number("window", 64)) {
          if (asker.send(miss.queries.get().counted(tally))) {
            tally.sent();
            i++;
          }
        }
        asker.receive();
      }
    }
    if (!tally.isClean()) {
      System.out.println("  " + tally);
    }
  }
}
