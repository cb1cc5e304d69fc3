package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The memory that a large cluster takes: starts the built image with kubeadm's Corefile, where
/// possible in a memory cgroup; it learns the cluster from a fake API server from nothing, lists it
/// again and again, follows changes, and starts once more from its snapshot, all of it while it is
/// asked over UDP. Prints times, memory, pauses and what became of the queries.
///
/// `--services N` `--memory MEBIBYTES` that the group may have, 0 for no limit, `--rate` queries a
/// second, `--port` the first of ten.
final class MemoryBenchmark {
  private static final int RELISTS = 3;
  private static final int CHANGES = 50_000;
  private static final int REST_MILLIS = 5000;
  private static final int CHURN_MILLIS = 15_000;
  private static final int READY_SECONDS = 300;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern PAUSE = Pattern.compile("Pause (\\w+).* ([0-9.]+)ms");

  private final Options options;
  private final int services;
  private final ServerPorts ports;
  private final Path directory = Files.createTempDirectory("memory-benchmark");
  private Tally tally = new Tally();
  private int lists;

  private MemoryBenchmark(Options options) throws IOException {
    this.options = options;
    this.services = options.number("services", 10_000);
    this.ports = new ServerPorts(options.number("port", 22000));
  }

  public static void main(String[] arguments) throws Exception {
    new MemoryBenchmark(Options.of(arguments, "services", "memory", "rate", "port")).run();
  }

  private void run() throws Exception {
    System.out.println("%d Services, logs in %s".formatted(services, directory));
    try (var memory = MemoryWatch.start(options.number("memory", 170));
        var api = JavaProcess.start(List.of(), LargeClusterQueries.API, "" + services);
        var upstream = JavaProcess.start(List.of(), Upstream.class.getName(), "60");
        var load =
            Load.open(
                List.of(), new LargeClusterQueries(services), options.number("rate", 3_000))) {
      String cluster = "endpoint %s\nsnapshot %s".formatted(api.read(), directory.resolve("kept"));
      String corefile = ports.kubeadm(cluster, "127.0.0.1:" + upstream.read());
      load.ask(List.of(ports.address()));
      phases("nothing", corefile, api, memory, load);
      phases("snapshot", corefile, api, memory, load);
    }
  }

  private void phases(String from, String corefile, JavaProcess api, MemoryWatch memory, Load load)
      throws Exception {
    Path log = directory.resolve("from-" + from);
    String logging = "-Xlog:gc,safepoint:file=" + log;
    long begun = System.nanoTime();
    try (var server = ServerProcess.start(directory, ports, corefile, logging, memory.enter())) {
      memory.watch(server.figures());
      server.awaitReady(READY_SECONDS);
      System.out.println(
          "ready from %s in %d ms: %s".formatted(from, millisSince(begun), memory.report()));
      count(load);
      Thread.sleep(REST_MILLIS);
      say("at rest", memory, load);
      for (int i = 0; i < RELISTS; i++) {
        relist(api);
        say("all listed again", memory, load);
      }
      api.tell("churn " + CHANGES);
      Thread.sleep(CHURN_MILLIS);
      say(CHANGES + " changes", memory, load);
      System.out.println("  live heap %d MB".formatted(server.liveHeapBytes() >> 20));
      say("at rest", memory, load);
      System.out.println("  " + pauses(log));
      if (!server.isAlive()) {
        throw new IllegalStateException("the server has ended; see " + directory);
      }
    }
  }

  /// Queries sent from now on count; returns what counted those before.
  private Tally count(Load load) {
    Tally before = tally;
    tally = new Tally();
    load.countIn(tally);
    return before;
  }

  private void say(String what, MemoryWatch memory, Load load) throws Exception {
    System.out.println("%s: %s".formatted(what, memory.report()));
    Tally done = count(load);
    Thread.sleep(Duration.ofNanos(Asker.TIMEOUT_NANOS).plusMillis(100));
    System.out.println("  queries: " + done);
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  /// The last object of the list has a new address each time.
  private void relist(JavaProcess api) throws Exception {
    var fresh = new NameProbe(LargeClusterQueries.endpoint(services - 1, 9 + ++lists));
    long begun = System.nanoTime();
    api.tell("expire");
    while (!fresh.exists(ports.address())) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IllegalStateException("not listed again; see " + directory);
      }
      Thread.sleep(20);
    }
    System.out.println("listed again in %d ms".formatted(millisSince(begun)));
  }

  private static String pauses(Path log) throws IOException {
    int young = 0;
    int full = 0;
    double longest = 0;
    double all = 0;
    for (String line : Files.readAllLines(log)) {
      var pause = PAUSE.matcher(line);
      if (line.contains("Pause") && pause.find()) {
        double millis = Double.parseDouble(pause.group(2));
        young += pause.group(1).equals("Young") ? 1 : 0;
        full += pause.group(1).equals("Full") ? 1 : 0;
        longest = Math.max(longest, millis);
        all += millis;
      }
    }
    return "%d young and %d full collections, longest %.0f ms, %.0f ms in all"
        .formatted(young, full, longest, all);
  }
}
