package io.clusterzone.dns.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.xbill.DNS.Type;

/// The effect of a changed Corefile on queries: the built image takes one after another at SIGUSR1
/// while it is asked so many times a second. Every second change is one of `kubernetes`, so that
/// the whole cluster is learnt anew. Ends with 1 if a query was lost or answered wrong.
///
/// With `--zones N` there is no cluster, but a Corefile of so many server blocks, in 170 MiB; a
/// zone comes and another goes with each change.
///
/// `--reloads N` `--rate` queries a second, `--services N`, `--port` the first of ten.
final class ReloadBenchmark {
  private static final String MEMORY = "-XX:MaxRAM=170m";
  private static final int WARM_MILLIS = 15_000;
  private static final int APART_MILLIS = 2_000;
  private static final int AFTER_MILLIS = 300;
  private static final int PATIENCE_SECONDS = 60;

  private ReloadBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments, "reloads", "rate", "services", "zones", "port");
    var ports = new ServerPorts(options.number("port", 22000));
    int zones = options.number("zones", 0);
    boolean clean = zones > 0 ? ofZones(options, ports, zones) : ofCluster(options, ports);
    System.exit(clean ? 0 : 1);
  }

  private static boolean ofCluster(Options options, ServerPorts ports) throws Exception {
    var cluster = new BigCluster(options.number("services", 1000));
    try (var api = JavaProcess.start(List.of(), ClusterBenchmark.API)) {
      String endpoint = "endpoint " + api.read();
      cluster.fill(api);
      String corefile = ports.kubeadm(endpoint, "127.0.0.1:" + (ports.dns() + 9));
      var questions = cluster.questions(new Random(1));
      return run(options, ports, "", i -> changed(corefile, i), questions);
    }
  }

  private static boolean ofZones(Options options, ServerPorts ports, int zones) throws Exception {
    var random = new Random(1);
    Supplier<Query> questions =
        () -> Query.of("www.z" + random.nextInt(zones) + ".example.", Type.A, Messages.NOERROR, 0);
    return run(options, ports, MEMORY, i -> ofZones(ports, zones, i), questions);
  }

  private static String ofZones(ServerPorts ports, int zones, int change) {
    var text = new StringBuilder();
    text.append(
        ".:%d {\n bind 127.0.0.1\n ready 127.0.0.1:%d\n prometheus 127.0.0.1:%d\n whoami\n}\n"
            .formatted(ports.dns(), ports.ready(), ports.metrics()));
    for (int i = 0; i <= zones; i++) {
      String zone = i < zones ? "z" + i : "change" + change;
      text.append(
          "%s.example.:%d {\n bind 127.0.0.1\n errors\n whoami\n}\n".formatted(zone, ports.dns()));
    }
    return text.toString();
  }

  /// @param corefiles the Corefile after so many changes
  private static boolean run(
      Options options,
      ServerPorts ports,
      String memory,
      IntFunction<String> corefiles,
      Supplier<Query> questions)
      throws Exception {
    Path directory = Files.createTempDirectory("reload-benchmark");
    var inside = new Tally();
    var outside = new Tally();
    try (var server = ServerProcess.start(directory, ports, corefiles.apply(0), memory, List.of());
        var load = start(server, questions, options)) {
      load.countIn(outside);
      for (int i = 1; i <= options.number("reloads", 20); i++) {
        Files.writeString(server.corefile(), corefiles.apply(i));
        load.countIn(inside);
        long begun = System.nanoTime();
        reload(server, i);
        System.out.println(
            "reload %d in %d ms".formatted(i, (System.nanoTime() - begun) / 1_000_000));
        Thread.sleep(AFTER_MILLIS);
        load.countIn(outside);
        Thread.sleep(APART_MILLIS);
      }
      System.out.println("most resident: " + (server.figures().peakBytes() >> 20) + " MiB");
    }
    System.out.println("outside of reloads: " + outside);
    System.out.println("inside of reloads:  " + inside);
    return inside.isClean() && outside.isClean();
  }

  private static Load start(ServerProcess server, Supplier<Query> questions, Options options)
      throws Exception {
    server.awaitReady(PATIENCE_SECONDS);
    var load =
        Load.open(List.of(server.ports().address()), questions, options.number("rate", 10_000));
    Thread.sleep(WARM_MILLIS);
    return load;
  }

  private static String changed(String corefile, int i) {
    return corefile.replace("ttl 30", "ttl " + (30 + i / 2)).replace("cache 30", "cache " + i);
  }

  private static void reload(ServerProcess server, int count) throws Exception {
    server.signal("USR1");
    long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    while (server.logged("reload: serving") < count) {
      if (!server.isAlive() || System.nanoTime() - end > 0) {
        throw new IllegalStateException("not reloaded; see the log beside " + server.corefile());
      }
      Thread.sleep(1);
    }
  }
}
