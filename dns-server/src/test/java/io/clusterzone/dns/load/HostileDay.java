package io.clusterzone.dns.load;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// The built image in 170 MiB on a hostile day: so many queries a second, fifty changed manifests a
/// second, a changed Corefile every two seconds, half of them with a cluster that is learnt anew,
/// and malformed datagrams besides. Each query is logged, and but for the first seconds and the end
/// nobody reads what the process prints. Ends with 1 if a query was lost or answered wrong, if the
/// last changes are not served, if no line of the log was dropped, or if what the heap holds,
/// threads or descriptors are more than after the first quarter; with less than four minutes
/// growing memory does not count.
///
/// `--minutes N`, `--rate` queries a second, `--port` the first of ten.
final class HostileDay {
  private static final int SERVICES = 400;
  private static final int CHANGING = 200;
  private static final int CHANGE_MILLIS = 20;
  private static final int RELOAD_MILLIS = 2_000;
  private static final int MALFORMED_MILLIS = 5;
  private static final int SETTLE_MILLIS = 10_000;
  private static final int WARM_MILLIS = 15_000;
  private static final int LASTING_MINUTES = 4;
  private static final int CONTAINER_MEBIBYTES = 170;
  private static final long HEAP_GROWTH = 2L << 20;
  private static final int SPARE = 8;
  private static final String MEMORY = "-XX:MaxRAM=" + CONTAINER_MEBIBYTES + "m";

  private final Path manifests;
  private final ServerProcess server;
  private final String corefile;
  private final Random random = new Random(1);
  private final AtomicIntegerArray last = new AtomicIntegerArray(SERVICES);
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicInteger reloads = new AtomicInteger();
  private volatile boolean ending;

  private HostileDay(Path manifests, ServerProcess server, String corefile) {
    this.manifests = manifests;
    this.server = server;
    this.corefile = corefile;
  }

  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "minutes", "rate", "port");
    int minutes = options.number("minutes", LASTING_MINUTES);
    Path directory = Files.createTempDirectory("hostile-day");
    Path manifests = Files.createDirectory(directory.resolve("manifests"));
    for (int i = 0; i < SERVICES; i++) {
      write(manifests, i, 0);
    }
    var ports = new ServerPorts(options.number("port", 23_000));
    String corefile =
        ports
            .kubeadm("manifests " + manifests, "127.0.0.1:" + (ports.dns() + 9))
            .replace("errors\n", "errors\n    log\n");
    boolean well;
    try (var memory = MemoryWatch.start(CONTAINER_MEBIBYTES);
        var server = ServerProcess.startPiped(directory, ports, corefile, MEMORY, memory.enter())) {
      UnreadOutput output = server.readOutput();
      server.awaitReady(60);
      memory.watch(server.figures());
      System.out.println("logs in " + directory);
      var day = new HostileDay(manifests, server, corefile);
      well = day.run(Duration.ofMinutes(minutes), options.number("rate", 6_000), output);
      System.out.println(memory.report());
    }
    System.exit(well ? 0 : 1);
  }

  /// The process's memory, threads and descriptors.
  private record Sample(long heap, int threads, int descriptors) {
    static Sample of(ServerProcess server) throws IOException {
      ProcessFigures figures = server.figures();
      return new Sample(server.liveHeapBytes(), figures.threads(), figures.descriptors());
    }

    boolean isMoreThan(Sample before) {
      return heap > before.heap + HEAP_GROWTH
          || threads > before.threads + SPARE
          || descriptors > before.descriptors + SPARE;
    }
  }

  private boolean run(Duration length, int rate, UnreadOutput output) throws Exception {
    var tally = new Tally();
    Sample first;
    try (var load = Load.open(List.of(server.ports().address()), questions(), rate)) {
      Thread.sleep(WARM_MILLIS);
      load.countIn(tally);
      output.stop();
      every(CHANGE_MILLIS, this::changeManifest);
      every(RELOAD_MILLIS, this::reload);
      every(MALFORMED_MILLIS, this::sendMalformed);
      Thread.sleep(length.toMillis() / 4);
      first = Sample.of(server);
      Thread.sleep(length.toMillis() * 3 / 4);
      ending = true;
      Thread.sleep(SETTLE_MILLIS);
    }
    double dropped = server.metric("clusterzone_log_dropped_total", "");
    double failed = server.metric("coredns_reload_failed_total", "");
    output.goOn();
    Sample end = Sample.of(server);
    long missed = missed();
    System.out.println(tally);
    System.out.println(
        "%d file changes, %d reloads, %.0f of them failed, %.0f log lines dropped, %d last changes not served; after a quarter %s, at the end %s"
            .formatted(changes.get(), reloads.get(), failed, dropped, missed, first, end));
    boolean grows = length.toMinutes() >= LASTING_MINUTES && end.isMoreThan(first);
    return tally.isClean()
        && missed == 0
        && failed == 0
        && dropped > 0
        && !grows
        && server.isAlive();
  }

  /// Names that exist all the time, whatever address they have, and one in ten that does not.
  private Supplier<Query> questions() {
    var choice = new Random(2);
    return () -> {
      int service = choice.nextInt(SERVICES);
      return choice.nextInt(10) == 0
          ? Query.of("no" + name(service), Type.A, Messages.NXDOMAIN, 0)
          : Query.of(name(service), Type.A, Messages.NOERROR, 1);
    };
  }

  private static String name(int service) {
    return "s" + service + ".shop.svc.cluster.local.";
  }

  private static String address(int service, int version) {
    return "10.%d.%d.%d".formatted(96 + service / 250, service % 250, 1 + version % 250);
  }

  private static void write(Path manifests, int service, int version) throws IOException {
    String text =
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: s%d
          namespace: shop
        spec:
          clusterIP: %s
          ports:
          - port: 80
        """
            .formatted(service, address(service, version));
    Path written = Files.writeString(manifests.resolveSibling("next-" + service), text);
    Files.move(
        written,
        manifests.resolve("s" + service + ".yaml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void changeManifest() throws IOException {
    int service = random.nextInt(CHANGING);
    write(manifests, service, last.incrementAndGet(service));
    changes.incrementAndGet();
  }

  private void reload() throws IOException, InterruptedException {
    long count = System.nanoTime() / 1_000_000 / RELOAD_MILLIS;
    Files.writeString(
        server.corefile(),
        count % 2 == 0
            ? corefile.replace("ttl 30", "ttl " + (1 + count % 1000))
            : corefile.replace("cache 30", "cache " + (1 + count % 1000)));
    server.signal("USR1");
    reloads.incrementAndGet();
  }

  /// A query with some octets changed, or cut; nobody waits for what is said to it.
  private void sendMalformed() throws IOException {
    byte[] message = Messages.query(name(0), Type.A);
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      message[random.nextInt(message.length)] = (byte) random.nextInt();
    }
    try (var socket = new DatagramSocket()) {
      int length = 1 + random.nextInt(message.length);
      socket.send(new DatagramPacket(message, length, server.ports().address()));
    }
  }

  /// How many Services do not have the address that was written last.
  private long missed() throws Exception {
    var resolver = new SimpleResolver(server.ports().address());
    long missed = 0;
    for (int service = 0; service < SERVICES; service++) {
      var question = Record.newRecord(Name.fromString(name(service)), Type.A, DClass.IN);
      var answers = resolver.send(Message.newQuery(question)).getSection(Section.ANSWER);
      String expected = address(service, last.get(service));
      if (answers.size() != 1 || !answers.getFirst().rdataToString().equals(expected)) {
        missed++;
      }
    }
    return missed;
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private void every(int millis, Step step) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (!ending) {
              step.run();
              Thread.sleep(millis);
            }
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
