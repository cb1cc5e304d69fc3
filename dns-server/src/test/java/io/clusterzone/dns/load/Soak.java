package io.clusterzone.dns.load;

import io.clusterzone.k8s.api.FakeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// The built image for an hour over a cluster that changes all the time and an API server that
/// keeps breaking, and an upstream. Each answer about a name that has had time to settle must be
/// exactly what the cluster has: addresses, ports, names of addresses and of endpoints; and each
/// about a name outside what the upstream says, be it asked or remembered. Prints a line a minute,
/// and ends with 0 if no answer was wrong or missing, memory stays within a container of 170 MiB,
/// and what the heap holds, threads and descriptors are what they were after the first quarter.
final class Soak {
  /// A change is to be seen by then, if the API server is well.
  private static final long SETTLE_NANOS = Duration.ofSeconds(5).toNanos();

  /// And after something was wrong with it, because retries wait longer each time.
  private static final long RECOVERY_NANOS = Duration.ofSeconds(20).toNanos();

  /// A run as long as this has all faults, and its first quarter is more than a warm-up: what a
  /// shorter one grows by in memory tells nothing.
  private static final Duration LASTING = Duration.ofMinutes(20);

  /// Of names outside: they are asked for several times a minute.
  private static final int TTL_SECONDS = 5;

  private static final int OUTSIDE_NAMES = 1000;
  private static final String OUTSIDE_ADDRESS = "192.0.2.1";
  private static final int CHANGE_MILLIS = 100;
  private static final int FAULT_MILLIS = 30_000;

  /// The container that the image is told it is in, and what its heap may hold more at the end.
  private static final int CONTAINER_MEBIBYTES = 170;

  private static final String MEMORY = "-XX:MaxRAM=" + CONTAINER_MEBIBYTES + "m";
  private static final long HEAP_GROWTH = 2L << 20;
  private static final int SPARE = 8;

  private final SoakCluster cluster;
  private final SoakFaults faults;
  private final ServerProcess server;
  private final SimpleResolver resolver;
  private final long endNanos;
  private long asked;
  private long judged;
  private long wrong;
  private long missing;

  private Soak(SoakCluster cluster, SoakFaults faults, ServerProcess server, Duration length) {
    this.cluster = cluster;
    this.faults = faults;
    this.server = server;
    this.resolver = new SimpleResolver(server.ports().address());
    resolver.setTimeout(Duration.ofSeconds(5));
    this.endNanos = System.nanoTime() + length.toNanos();
  }

  /// One quarter: the most resident octets, and at its end those that the heap holds, threads and
  /// descriptors.
  private record Sample(long resident, long heap, int threads, int descriptors) {
    @Override
    public String toString() {
      return "at most %d MiB, %.1f MiB of heap held, %d threads, %d descriptors"
          .formatted(resident >> 20, heap / 1048576.0, threads, descriptors);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "minutes", "seed", "port");
    Duration length = Duration.ofMinutes(options.number("minutes", 60));
    long seed = options.number("seed", 1);
    var store = new FakeCluster();
    var cluster = new SoakCluster(store, seed);
    Path directory = Files.createTempDirectory("clusterzone-soak");
    var ports = new ServerPorts(options.number("port", 20_450));
    boolean well;
    try (var faults = new SoakFaults(store, seed, isLasting(length));
        var upstream = JavaProcess.start(List.of(), Upstream.class.getName(), "" + TTL_SECONDS)) {
      String corefile = ports.kubeadm("endpoint " + faults.url(), "127.0.0.1:" + upstream.read());
      try (var server = ServerProcess.start(directory, ports, corefile, MEMORY, List.of())) {
        server.awaitReady(60);
        System.out.println("logs in " + directory);
        well = new Soak(cluster, faults, server, length).run(length);
      }
    }
    System.exit(well ? 0 : 1);
  }

  private static boolean isLasting(Duration length) {
    return length.compareTo(LASTING) >= 0;
  }

  private boolean run(Duration length) throws Exception {
    Thread.ofPlatform().daemon().name("changes").start(this::changeAll);
    Thread.ofPlatform().daemon().name("faults").start(this::breakAll);
    Sample before = quarter(length);
    quarter(length);
    quarter(length);
    Sample after = quarter(length);
    System.out.println("after a quarter: " + before);
    System.out.println("at the end:      " + after);
    boolean well =
        server.isAlive()
            && wrong == 0
            && missing == 0
            && judged > 0
            && after.resident <= (long) CONTAINER_MEBIBYTES << 20
            && after.heap - before.heap < HEAP_GROWTH
            && after.threads <= before.threads + SPARE
            && after.descriptors <= before.descriptors + SPARE;
    System.out.println(well ? "all is well" : "it is NOT well");
    return well;
  }

  private Sample quarter(Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos() / 4;
    var random = new Random();
    long resident = 0;
    long nextLine = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (System.nanoTime() < end && server.isAlive()) {
      for (int i = 0; i < 200; i++) {
        ask(random);
      }
      resident = Math.max(resident, server.figures().residentBytes());
      if (System.nanoTime() > nextLine) {
        nextLine += Duration.ofMinutes(1).toNanos();
        System.out.println(line());
      }
      Thread.sleep(50);
    }
    System.out.println(line());
    ProcessFigures figures = server.figures();
    return new Sample(resident, server.liveHeapBytes(), figures.threads(), figures.descriptors());
  }

  private String line() throws IOException {
    return "%d asked, %d judged, %d wrong, %d without reply; %d faults; %d MB, drift %.0f"
        .formatted(
            asked,
            judged,
            wrong,
            missing,
            faults.count(),
            server.figures().residentBytes() >> 20,
            server.metric("clusterzone_kubernetes_drift_total", ""));
  }

  private void ask(Random random) throws TextParseException {
    if (random.nextInt(4) == 0) {
      askOutside(random);
    } else {
      askCluster(random);
    }
  }

  /// These have nothing to do with the API server: every answer counts.
  private void askOutside(Random random) throws TextParseException {
    String name = "n" + random.nextInt(OUTSIDE_NAMES) + ".example.org.";
    Set<String> got = answer(name, Type.A);
    if (got != null) {
      judge(name, Set.of(OUTSIDE_ADDRESS), got);
    }
  }

  /// Judges an answer only if nothing has happened lately, before it was asked and until it came.
  private void askCluster(Random random) throws TextParseException {
    SoakCluster.Expected expected = cluster.any(random);
    boolean settled = isSettled(expected);
    Set<String> got = answer(expected.name(), expected.type());
    if (got != null && settled && cluster.holds(expected)) {
      judge(expected.name(), expected.records(), got);
    }
  }

  private void judge(String name, Set<String> expected, Set<String> got) {
    judged++;
    if (!got.equals(expected)) {
      wrong++;
      System.out.println("WRONG: " + name + ": " + expected + ", not " + got);
    }
  }

  /// The answer section, or a response code that no name should have; null without a reply.
  private @Nullable Set<String> answer(String name, int type) throws TextParseException {
    asked++;
    try {
      var question = Record.newRecord(Name.fromString(name), type, DClass.IN);
      Message reply = resolver.send(Message.newQuery(question));
      Set<String> got = new TreeSet<>();
      reply.getSection(Section.ANSWER).forEach(record -> got.add(text(record)));
      if (reply.getRcode() != Rcode.NOERROR && reply.getRcode() != Rcode.NXDOMAIN) {
        got.add(Rcode.string(reply.getRcode()));
      }
      return got;
    } catch (IOException e) {
      missing++;
      System.out.println(name + ": " + e.getMessage());
      return null;
    }
  }

  private static String text(Record record) {
    return record instanceof SRVRecord srv
        ? srv.getPort() + " " + srv.getTarget()
        : record.rdataToString();
  }

  private boolean isSettled(SoakCluster.Expected expected) {
    long now = System.nanoTime();
    long healthySince = faults.healthySinceNanos();
    return now - expected.sinceNanos() > SETTLE_NANOS
        && healthySince != Long.MAX_VALUE
        && now - healthySince > RECOVERY_NANOS;
  }

  private void changeAll() {
    pace(CHANGE_MILLIS, cluster::change);
  }

  private void breakAll() {
    pace(FAULT_MILLIS, faults::next);
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private void pace(long millis, Step step) {
    try {
      while (System.nanoTime() < endNanos) {
        Thread.sleep(millis);
        step.run();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
