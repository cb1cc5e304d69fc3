package io.clusterzone.dns.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// The memory that a large cluster takes: starts the built image with kubeadm's Corefile, where
/// possible in a memory cgroup; it learns the cluster from a fake API server from nothing, lists it
/// again and again, follows changes, and starts once more from its snapshot, all of it while it is
/// asked over UDP. Prints times, memory, pauses and timeouts.
///
/// `MemoryBenchmark [SERVICES [MEBIBYTES [QUERIES-PER-SECOND]]]`; 0 MiB is no limit.
final class MemoryBenchmark {
  private static final int RELISTS = 3;
  private static final int CHANGES = 50_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern PAUSE = Pattern.compile("Pause (\\w+).* ([0-9.]+)ms");

  private final int services;
  private final int port;
  private final Path directory;
  private final MemoryWatch memory;

  private MemoryBenchmark(int services, int port, Path directory, MemoryWatch memory) {
    this.services = services;
    this.port = port;
    this.directory = directory;
    this.memory = memory;
  }

  public static void main(String[] args) throws Exception {
    int services = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int mebibytes = args.length > 1 ? Integer.parseInt(args[1]) : 170;
    int rate = args.length > 2 ? Integer.parseInt(args[2]) : 3_000;
    Path directory = Files.createTempDirectory("clusterzone-memory");
    System.out.println("%d Services, %d MiB, logs in %s".formatted(services, mebibytes, directory));
    int port = ServerProcess.freePort();
    try (var memory = MemoryWatch.start(mebibytes);
        var api = FakeApi.start(services);
        var upstream = new Upstream();
        var queries = new QueryLoad(port, services, rate)) {
      var run = new MemoryBenchmark(services, port, directory, memory);
      run.phases("nothing", api, upstream, queries);
      run.phases("snapshot", api, upstream, queries);
    }
  }

  private void phases(String from, FakeApi api, Upstream upstream, QueryLoad queries)
      throws Exception {
    String log = "from-" + from;
    try (var server =
        new ServerProcess(directory, port, api.url(), upstream.port(), memory.enter(), log)) {
      memory.watch(server);
      long ready = server.awaitReady();
      System.out.println("ready from %s in %d ms: %s".formatted(from, ready, memory.report()));
      queries.forget();
      Thread.sleep(5000);
      say("at rest", queries);
      for (int i = 0; i < RELISTS; i++) {
        relist(api);
        say("all listed again", queries);
      }
      api.tell("churn " + CHANGES);
      Thread.sleep(15_000);
      say(CHANGES + " changes", queries);
      System.out.println("  live heap %d MB".formatted(server.liveHeapOctets() >> 20));
      say("at rest", queries);
      System.out.println("  " + pauses(directory.resolve(log)));
      if (!server.isAlive()) {
        throw new IllegalStateException("the server has ended; see " + directory);
      }
    }
  }

  private void say(String what, QueryLoad queries) throws IOException {
    System.out.println("%s: %s".formatted(what, memory.report()));
    System.out.println("  " + queries.report());
  }

  private int lists;

  /// The last object of the list has a new address each time.
  private void relist(FakeApi api) throws Exception {
    int last = services - 1;
    String fresh =
        "10-%d-%d-%d.service-%05d.team-%03d.svc.cluster.local."
            .formatted(last >> 8, last & 255, 9 + ++lists, last, last % 500);
    long begun = System.nanoTime();
    api.tell("expire");
    while (!exists(fresh)) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IllegalStateException("not listed again; see " + directory);
      }
      Thread.sleep(20);
    }
    System.out.println("listed again in %d ms".formatted((System.nanoTime() - begun) / 1_000_000));
  }

  private boolean exists(String name) throws IOException {
    var resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    resolver.setTimeout(Duration.ofSeconds(5));
    try {
      var question = Record.newRecord(Name.fromString(name), Type.A, 1);
      return resolver.send(Message.newQuery(question)).getRcode() == 0;
    } catch (IOException e) {
      return false;
    }
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
