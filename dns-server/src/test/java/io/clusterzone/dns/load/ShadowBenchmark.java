package io.clusterzone.dns.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The cost of `shadow` to clients and to the processor: servers without it, with a small share,
/// with all queries, and with all queries to a server that never answers, asked the same in rounds
/// that take turns. The other server is one of the same cluster without the directive.
///
/// The servers have the first processor; the other server and the load have the last, where
/// `taskset` is.
///
/// `--rounds N` `--seconds` of each, `--rate` of queries a second, `--memory SIZE` that the image's
/// runtime takes for the machine's, `--port` the first of sixty.
final class ShadowBenchmark {
  private static final int SERVICES = 1000;
  private static final int WARM_MILLIS = 10_000;

  /// A server to be measured.
  private static final class Way {
    private final String name;
    private final ServerProcess server;
    private final double[] nanos;
    private final double[] p50;
    private final double[] p99;

    Way(String name, ServerProcess server, int rounds) {
      this.name = name;
      this.server = server;
      this.nanos = new double[rounds];
      this.p50 = new double[rounds];
      this.p99 = new double[rounds];
    }
  }

  private final BigCluster cluster = new BigCluster(SERVICES);
  private final Path directory = Files.createTempDirectory("shadow-benchmark");
  private final List<ServerProcess> servers = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();
  private final Options options;
  private final int rounds;

  private ShadowBenchmark(Options options) throws Exception {
    this.options = options;
    this.rounds = options.number("rounds", 7);
  }

  public static void main(String[] arguments) throws Exception {
    new ShadowBenchmark(Options.of(arguments, "rounds", "seconds", "rate", "memory", "port")).run();
  }

  private void run() throws Exception {
    Pins.moveThisProcess();
    try (var api = JavaProcess.start(Pins.last(), ClusterBenchmark.API);
        var silent = JavaProcess.start(Pins.last(), Upstream.class.getName(), "1", "-1")) {
      String endpoint = "endpoint " + api.read();
      cluster.fill(api);
      ServerProcess other = start(endpoint, "", Pins.last());
      String well = "127.0.0.1:" + other.ports().dns();
      add("without", endpoint, "");
      add("1%", endpoint, shadow(well, "1%"));
      add("100%", endpoint, shadow(well, "100%"));
      add("100%, silent", endpoint, shadow("127.0.0.1:" + silent.read(), "100%"));
      for (Way way : ways) {
        load(way, WARM_MILLIS);
      }
      for (int round = 0; round < rounds; round++) {
        for (Way way : ways) {
          measure(way, round);
        }
      }
      report();
    } finally {
      servers.forEach(ServerProcess::close);
    }
  }

  private static String shadow(String address, String share) {
    return "    shadow %s {\n        sample %s\n    }\n".formatted(address, share);
  }

  private void add(String name, String endpoint, String directive) throws Exception {
    ways.add(new Way(name, start(endpoint, directive, Pins.first()), rounds));
  }

  private ServerProcess start(String endpoint, String directive, List<String> pin)
      throws Exception {
    var ports = new ServerPorts(options.number("port", 23000) + 10 * servers.size());
    String corefile =
        ports
            .kubeadm(endpoint, "127.0.0.1:9")
            .replace("    loadbalance\n", "    loadbalance\n" + directive);
    String memory = "-XX:MaxRAM=" + options.text("memory", "170m");
    ServerProcess server = ServerProcess.start(directory, ports, corefile, memory, pin);
    servers.add(server);
    server.awaitReady(60);
    return server;
  }

  private Tally load(Way way, int millis) throws InterruptedException {
    var tally = new Tally();
    try (var load =
        Load.open(
            List.of(way.server.ports().address()),
            cluster.clusterIps(new Random(1)),
            options.number("rate", 5000))) {
      load.countIn(tally);
      Thread.sleep(millis);
    }
    return tally;
  }

  private void measure(Way way, int round) throws Exception {
    long before = way.server.figures().cpuNanos();
    Tally tally = load(way, options.number("seconds", 4) * 1000);
    way.nanos[round] = (double) (way.server.figures().cpuNanos() - before) / tally.replies();
    way.p50[round] = tally.millis(50);
    way.p99[round] = tally.millis(99);
    System.out.println(
        "%-12s %6.0f ns of CPU a query, %s".formatted(way.name, way.nanos[round], tally));
  }

  private void report() throws Exception {
    System.out.println(
        "| way | CPU ns/query, median | p50 ms | p99 ms | asked | compared | dropped |");
    for (Way way : ways) {
      System.out.println(
          "| %s | %.0f | %.3f | %.3f | %.0f | %.0f | %.0f |"
              .formatted(
                  way.name,
                  median(way.nanos),
                  median(way.p50),
                  median(way.p99),
                  way.server.metric("clusterzone_shadow_asked_total", ""),
                  way.server.metric("clusterzone_shadow_agreed_total", "")
                      + way.server.metric("clusterzone_shadow_differences_total", ""),
                  way.server.metric("clusterzone_shadow_dropped_total", "")));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
