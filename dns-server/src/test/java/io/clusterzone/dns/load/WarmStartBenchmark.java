package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The time of the built image from its start to its answers when the API server is away and a
/// large cluster is in its snapshot: has it write one, and starts it again and again without the
/// API server. Prints for each start the milliseconds to the first Service of the snapshot, marked
/// as stale, to the last one with an address of its own, to the last headless one and to `/ready`,
/// when all endpoints are known, its memory and its collections; and at the end medians.
///
/// `--services N` `--runs N` `--memory MEBIBYTES` of a memory cgroup, 0 for no limit, `--port` the
/// first of ten.
final class WarmStartBenchmark {
  private static final int READY_SECONDS = 300;
  private static final int WARM_PROBES = 3000;

  /// One Service in so many of the cluster is headless, the first of them included.
  private static final int HEADLESS_EVERY = 10;

  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms");

  private final Options options;
  private final ServerPorts ports;
  private final Path directory = Files.createTempDirectory("warm-start");
  private final Path snapshot = directory.resolve("kept");
  private final StaleProbe first;
  private final StaleProbe last;
  private final StaleProbe headless;

  /// Where the API server was, and nobody is once the snapshot is written.
  private String api = "";

  private WarmStartBenchmark(Options options) throws IOException {
    this.options = options;
    this.ports = new ServerPorts(options.number("port", 22000));
    int lastHeadless = (services() - 1) / HEADLESS_EVERY * HEADLESS_EVERY;
    int end = services() - 1;
    this.first = new StaleProbe(LargeClusterQueries.service(1));
    this.last = new StaleProbe(LargeClusterQueries.service(end == lastHeadless ? end - 1 : end));
    this.headless = new StaleProbe(LargeClusterQueries.service(lastHeadless));
  }

  public static void main(String[] arguments) throws Exception {
    new WarmStartBenchmark(Options.of(arguments, "services", "runs", "memory", "port")).run();
  }

  private int services() {
    return options.number("services", 10_000);
  }

  private void run() throws Exception {
    System.out.println("%d Services, logs in %s".formatted(services(), directory));
    keep();
    System.out.println("a snapshot of %d kB".formatted(Files.size(snapshot) >> 10));
    long[][] times = new long[options.number("runs", 7)][];
    try (var memory = MemoryWatch.start(options.number("memory", 0))) {
      for (int i = 0; i < times.length; i++) {
        times[i] = start(memory, directory.resolve("gc-" + i));
      }
    }
    System.out.println(
        "medians: first Service %d ms, last %d ms, last headless %d ms, ready %d ms"
            .formatted(median(times, 0), median(times, 1), median(times, 2), median(times, 3)));
  }

  /// Has a server learn the cluster and write it down. The probes run until they are fast, for they
  /// share the processors with what they time.
  private void keep() throws Exception {
    try (var process = JavaProcess.start(List.of(), LargeClusterQueries.API, "" + services())) {
      api = process.read();
      learn();
    }
  }

  private void learn() throws Exception {
    try (var server = server("", null)) {
      server.awaitReady(READY_SECONDS);
      await(server, _ -> Files.exists(snapshot));
      for (int i = 0; i < WARM_PROBES; i++) {
        if (first.isStale(ports.address())) {
          throw new IOException("stale while the API server is there; see " + directory);
        }
      }
    }
  }

  private ServerProcess server(String javaOptions, @Nullable MemoryWatch memory)
      throws IOException {
    String cluster = "endpoint %s\nsnapshot %s".formatted(api, snapshot);
    String corefile = ports.kubeadm(cluster, "127.0.0.1:" + (ports.dns() + 9));
    return ServerProcess.start(
        directory, ports, corefile, javaOptions, memory == null ? List.of() : memory.enter());
  }

  private long[] start(MemoryWatch memory, Path log) throws Exception {
    long begun = System.nanoTime();
    try (var server = server("-Xlog:gc:file=" + log, memory)) {
      memory.watch(server.figures());
      long[] times = {
        await(server, _ -> first.isStale(ports.address())) - begun,
        await(server, _ -> last.isStale(ports.address())) - begun,
        await(server, _ -> headless.isStale(ports.address())) - begun,
        await(server, ServerProcess::isReady) - begun
      };
      for (int i = 0; i < times.length; i++) {
        times[i] = TimeUnit.NANOSECONDS.toMillis(times[i]);
      }
      System.out.println(
          "first Service %d ms, last %d ms, last headless %d ms, ready %d ms, cpu %d ms; %s; %s"
              .formatted(
                  times[0],
                  times[1],
                  times[2],
                  times[3],
                  TimeUnit.NANOSECONDS.toMillis(server.figures().cpuNanos()),
                  pauses(log),
                  memory.report()));
      return times;
    }
  }

  /// When it holds, by [System#nanoTime].
  private long await(ServerProcess server, Predicate<ServerProcess> holds) throws IOException {
    long end = System.nanoTime() + TIMEOUT_NANOS;
    while (!holds.test(server)) {
      if (!server.isAlive() || System.nanoTime() - end > 0) {
        throw new IOException("not in time; see " + directory);
      }
      LockSupport.parkNanos(1_000_000);
    }
    return System.nanoTime();
  }

  private static String pauses(Path log) throws IOException {
    double[] millis =
        Files.readAllLines(log).stream()
            .map(PAUSE::matcher)
            .filter(pause -> pause.find())
            .mapToDouble(pause -> Double.parseDouble(pause.group(1)))
            .toArray();
    return "%d collections of %.0f ms".formatted(millis.length, Arrays.stream(millis).sum());
  }

  private static long median(long[][] times, int column) {
    return Arrays.stream(times).mapToLong(row -> row[column]).sorted().toArray()[times.length / 2];
  }
}
