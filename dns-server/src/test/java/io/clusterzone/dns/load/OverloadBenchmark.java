package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The built image with kubeadm's Corefile under ten times the load that it can take, or as much of
/// that as one processor can send: one client floods, another asks for a thousand names a second.
/// The server has the first processor, all else the last; it says how much was sent. One of two
/// upstreams answers late, the other never.
///
/// `--seconds` that the flood lasts, `--outside` percent of it for names that are forwarded,
/// `--delay` of the upstream in milliseconds, `--cpu` percent of the processor that the server has
/// of each `--period` milliseconds once it has warmed up, where a cgroup can be made, 100 for all
/// of it, `--rate` of the flood a second, 0 for ten times what was measured, `--port` the first of
/// ten.
final class OverloadBenchmark {
  private static final String QUOTA = "cpu.cfs_quota_us";
  private static final String PERIOD = "cpu.cfs_period_us";
  private static final int SERVICES = 1000;
  private static final int WARMING_PER_SECOND = 50_000;
  private static final int WARMING_SECONDS = 15;
  private static final int LEAD_SECONDS = 3;
  private static final int CAPACITY_SECONDS = 5;
  private static final int FAR_TOO_MUCH = 2_000_000;
  private static final int SAMPLE_SECONDS = 10;
  private static final double MIB = 1 << 20;

  /// As in a container with kubeadm's limit for CoreDNS.
  private static final String MEMORY = "-XX:MaxRAM=170m";

  private final Options options;
  private final @Nullable ControlGroup group;
  private final BigCluster cluster = new BigCluster(SERVICES);
  private final ServerPorts ports;
  private int series;

  private OverloadBenchmark(Options options, @Nullable ControlGroup group) {
    this.options = options;
    this.group = group;
    this.ports = new ServerPorts(options.number("port", 22000));
  }

  public static void main(String[] arguments) throws Exception {
    var options =
        Options.of(arguments, "seconds", "outside", "delay", "cpu", "period", "rate", "port");
    if (ControlGroup.isAvailable("cpu", QUOTA)) {
      try (var group = ControlGroup.make("cpu")) {
        new OverloadBenchmark(options, group).run();
      }
    } else {
      System.out.println("no cgroup can be made here: the server has its whole processor");
      new OverloadBenchmark(options, null).run();
    }
  }

  private void run() throws Exception {
    Pins.moveThisProcess();
    Path directory = Files.createTempDirectory("overload-benchmark");
    String delay = Integer.toString(options.number("delay", 200));
    try (var api = JavaProcess.start(Pins.last(), ClusterBenchmark.API);
        var late = JavaProcess.start(Pins.last(), Upstream.class.getName(), "60", delay);
        var silent = JavaProcess.start(Pins.last(), Upstream.class.getName(), "60", "-1")) {
      String endpoint = "endpoint " + api.read();
      cluster.fill(api);
      String upstreams = "127.0.0.1:%s 127.0.0.1:%s".formatted(late.read(), silent.read());
      String corefile = ports.kubeadm(endpoint, upstreams);
      try (var server = ServerProcess.start(directory, ports, corefile, MEMORY, enter())) {
        server.awaitReady(60);
        System.out.println("idle: " + resources(server));
        try (var warming = flood(WARMING_PER_SECOND, WARMING_SECONDS)) {
          warming.read();
        }
        limit();
        int capacity = capacity(server);
        int wanted = options.number("rate", 0);
        overload(server, wanted > 0 ? wanted : 10 * capacity, options.number("seconds", 60));
        System.out.println("afterwards, the polite client alone:");
        try (var _ = polite()) {
          Thread.sleep(SAMPLE_SECONDS * 1000L);
        }
        System.out.println(resources(server));
      }
    }
  }

  private List<String> enter() {
    List<String> words = new ArrayList<>(Pins.first());
    words.addAll(group == null ? List.of() : group.enter());
    return words;
  }

  private void limit() throws IOException {
    int percent = options.number("cpu", 100);
    if (group != null && percent < 100) {
      int periodMicros = options.number("period", 10) * 1000;
      group.set(PERIOD, Integer.toString(periodMicros));
      group.set(QUOTA, Integer.toString(periodMicros * percent / 100));
    }
  }

  /// Replies per second to a flood that is far too much.
  private int capacity(ServerProcess server) throws Exception {
    try (var flood = flood(FAR_TOO_MUCH, LEAD_SECONDS + CAPACITY_SECONDS + 1)) {
      Thread.sleep(LEAD_SECONDS * 1000L);
      double before = server.metric("clusterzone_udp_sent_total", "");
      Thread.sleep(CAPACITY_SECONDS * 1000L);
      double after = server.metric("clusterzone_udp_sent_total", "");
      flood.read();
      int perSecond = (int) ((after - before) / CAPACITY_SECONDS);
      System.out.println("capacity: %d replies a second".formatted(perSecond));
      return perSecond;
    }
  }

  private void overload(ServerProcess server, int perSecond, int seconds) throws Exception {
    var before = OverloadCounts.of(server);
    try (var _ = polite();
        var flood = flood(perSecond, seconds)) {
      for (int second = SAMPLE_SECONDS; second <= seconds; second += SAMPLE_SECONDS) {
        Thread.sleep(SAMPLE_SECONDS * 1000L);
        System.out.println(
            "after %d s: %s; %.0f queries wait, %.0f KiB in the kernel's queue"
                .formatted(
                    second,
                    resources(server),
                    server.metric("clusterzone_forward_waiting_queries", ""),
                    server.metric("clusterzone_udp_kernel_queued_bytes", "") / 1024));
      }
      System.out.println(
          "flood: sent %d a second of %d wanted"
              .formatted(Long.parseLong(flood.read()) / seconds, perSecond));
    }
    System.out.println(OverloadCounts.of(server).since(before, seconds));
  }

  private PoliteClient polite() {
    return new PoliteClient(ports, cluster, series++);
  }

  private JavaProcess flood(int perSecond, int seconds) throws IOException {
    List<String> lowest = new ArrayList<>(List.of("nice", "-n", "19"));
    lowest.addAll(Pins.last());
    String[] arguments = {
      "--port", Integer.toString(ports.dns()),
      "--rate", Integer.toString(perSecond),
      "--outside", Integer.toString(options.number("outside", 50)),
      "--series", Integer.toString(series++),
      "--services", Integer.toString(SERVICES),
      "--seconds", Integer.toString(seconds)
    };
    return JavaProcess.start(lowest, Flood.class.getName(), arguments);
  }

  private static String resources(ServerProcess server) throws IOException {
    ProcessFigures figures = server.figures();
    return "%.0f MiB, at most %.0f, %d threads, %d descriptors"
        .formatted(
            figures.residentBytes() / MIB,
            figures.peakBytes() / MIB,
            figures.threads(),
            figures.descriptors());
  }
}
