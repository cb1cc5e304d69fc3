package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The cost of following a cluster for the built image, by the size of the cluster: with kubeadm's
/// Corefile and `endpoint`, a fake API server in a process of its own, and queries all the time.
/// Prints a line for each step and at the end a row for each size.
///
/// `--services N,...` `--memory SIZE` that the image's runtime takes for the machine's, by default
/// 170m, and 1g for more than 10,000 Services, `--rates N,...` of changes a second, `--seconds` of
/// each, `--load` queries a second, `--port` the first of ten.
final class ClusterBenchmark {
  /// The fake API server of another module's tests.
  static final String API = "io.clusterzone.k8s.api.ScriptedApiServer";

  private static final int WARM_MILLIS = 10_000;
  private static final int QUIET_MILLIS = 5_000;
  private static final int RELISTS = 3;

  /// After so long, a failure is the first again to who waits longer after each.
  private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final int COUNTED_CHANGES = 500;
  private static final int COUNTED_SECONDS = 10;
  private static final int CHECKED_AT_ONCE = 64;
  private static final double MIB = 1 << 20;

  /// As many Services, with their endpoints, fit into the 170 MiB of CoreDNS's manifests.
  private static final int FITTING = 10_000;

  private final Options options;
  private final BigCluster cluster;
  private final String memory;
  private final ServerPorts ports;
  private final StringBuilder row = new StringBuilder("|");

  private ClusterBenchmark(Options options, int services) {
    this.options = options;
    this.cluster = new BigCluster(services);
    this.memory = options.text("memory", services > FITTING ? "1g" : "170m");
    this.ports = new ServerPorts(options.number("port", 22000));
  }

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments, "services", "memory", "rates", "seconds", "load", "port");
    var table = new StringBuilder(head(options));
    for (int services : options.numbers("services", "1000,10000,50000")) {
      table.append(new ClusterBenchmark(options, services).run()).append('\n');
    }
    System.out.println(table);
  }

  private static String head(Options options) {
    var head =
        new StringBuilder(
            "| services | endpoints | memory | synced ms | steady MiB | relist ms | peak MiB | CPU us/change |");
    for (int rate : rates(options)) {
      head.append(" answered at %d/s: p50 | p99 | max ms |".formatted(rate));
    }
    return head.append(" queries lost | wrong |\n").toString();
  }

  private static int[] rates(Options options) {
    return options.numbers("rates", "100,1000");
  }

  private String run() throws Exception {
    Path directory = Files.createTempDirectory("cluster-benchmark");
    try (var api = JavaProcess.start(Pins.last(), API)) {
      String url = api.read();
      cluster.fill(api);
      String corefile = ports.kubeadm("endpoint " + url, "127.0.0.1:" + (ports.dns() + 9));
      long begun = System.nanoTime();
      try (var server =
          ServerProcess.start(directory, ports, corefile, "-XX:MaxRAM=" + memory, List.of())) {
        int endpoints = cluster.services() * BigCluster.ENDPOINTS;
        cell("%d | %d | %s".formatted(cluster.services(), endpoints, memory));
        // The name of the last slice there is.
        awaitName(server, BigCluster.newestEndpoint(cluster.services() - 1, 0), 600);
        cell("%d".formatted(millisSince(begun)));
        server.awaitReady(60);
        measure(api, server);
      }
    } catch (IOException e) {
      System.out.println("  " + e.getMessage() + "; see " + directory);
      row.append(" failed: ").append(e.getMessage());
    }
    return row.toString();
  }

  private void cell(String text) {
    System.out.println("  " + text);
    row.append(' ').append(text).append(" |");
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  /// Waits until a name exists.
  private static void awaitName(ServerProcess server, String name, int seconds) throws IOException {
    var probe = new NameProbe(name);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!probe.exists(server.ports().address())) {
      if (!server.isAlive() || System.nanoTime() - end > 0) {
        throw new IOException(name + " was not answered");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private void measure(JavaProcess api, ServerProcess server) throws Exception {
    ProcessFigures figures = server.figures();
    var total = new Tally();
    var changes = new ChangeLatency(cluster, api, ports);
    checkAll(total);
    Thread.sleep(QUIET_MILLIS);
    cell("%.0f".formatted(figures.residentBytes() / MIB));
    try (var load = Load.open(List.of(ports.address()), cluster.questions(new Random(1)), load())) {
      load.countIn(total);
      Thread.sleep(WARM_MILLIS);
      relist(api, server);
    }
    cell("%.1f".formatted(microsOfChange(api, server, changes)));
    try (var load = Load.open(List.of(ports.address()), cluster.questions(new Random(2)), load())) {
      load.countIn(total);
      for (int rate : rates(options)) {
        changes.run(rate, 2);
        var result = changes.run(rate, options.number("seconds", 20));
        System.out.println("  " + result);
        cell(
            "%.2f | %.2f | %.2f"
                .formatted(result.millis(50), result.millis(99), result.millis(100)));
        if (result.unseen() > 0) {
          throw new IOException(result.unseen() + " changes were never answered");
        }
        total.add(result.tally());
      }
    }
    System.out.println("  queries: " + total);
    cell("%d | %d".formatted(total.losses(), total.wrongs()));
  }

  private int load() {
    return options.number("load", 2000);
  }

  /// Asks for every Service once.
  private void checkAll(Tally tally) throws IOException {
    try (var asker = new Asker(ports.address())) {
      for (int i = 0; i < cluster.services() || asker.count() > 0; ) {
        if (i < cluster.services() && asker.count() < CHECKED_AT_ONCE) {
          if (asker.send(BigCluster.address(i).counted(tally))) {
            tally.sent();
            i++;
          }
        }
        asker.receive();
      }
    }
  }

  /// A full relist, some times; the longest and the largest count.
  private void relist(JavaProcess api, ServerProcess server) throws IOException {
    long longest = 0;
    long peak = 0;
    for (int i = 0; i < RELISTS; i++) {
      server.figures().resetPeak();
      long begun = System.nanoTime();
      api.say("service n0/relisted%d 10.64.255.%d http:tcp:80".formatted(i, i));
      api.say("expire");
      api.tell("slice n0/marker%d-a of=relisted%d at=12.0.0.%d http:tcp:80".formatted(i, i, i));
      awaitName(server, "12-0-0-%d.relisted%d.n0.svc.cluster.local.".formatted(i, i), 120);
      longest = Math.max(longest, millisSince(begun));
      LockSupport.parkNanos(APART_NANOS);
      peak = Math.max(peak, server.figures().peakBytes());
    }
    cell("%d".formatted(longest));
    cell("%.0f".formatted(peak / MIB));
  }

  /// CPU time of the server for one change, with nobody asking.
  private static double microsOfChange(JavaProcess api, ServerProcess server, ChangeLatency changes)
      throws IOException {
    changes.changeBlindly(COUNTED_CHANGES, 2);
    long before = server.figures().cpuNanos();
    changes.changeBlindly(COUNTED_CHANGES, COUNTED_SECONDS);
    api.tell("service n0/counted 10.64.254.1 http:tcp:80");
    awaitName(server, "counted.n0.svc.cluster.local.", 120);
    return (server.figures().cpuNanos() - before) / 1000.0 / COUNTED_CHANGES / COUNTED_SECONDS;
  }
}
