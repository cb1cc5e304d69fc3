package io.clusterzone.dns.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// What queries notice of a changed Corefile: the built image takes one after another at SIGUSR1
/// while it is asked so many times a second. Every second change is one of `kubernetes`, so that
/// the whole cluster is learnt anew. Ends with 1 if a query was lost or answered wrong.
///
/// `--reloads N` `--rate` queries a second, `--services N`, `--port` the first of ten.
final class ReloadBenchmark {
  private static final int WARM_MILLIS = 15_000;
  private static final int APART_MILLIS = 2_000;
  private static final int AFTER_MILLIS = 300;
  private static final int PATIENCE_SECONDS = 60;

  private ReloadBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments, "reloads", "rate", "services", "port");
    var cluster = new BigCluster(options.number("services", 1000));
    var ports = new ServerPorts(options.number("port", 22000));
    Path directory = Files.createTempDirectory("reload-benchmark");
    var inside = new Tally();
    var outside = new Tally();
    try (var api = JavaProcess.start(List.of(), ClusterBenchmark.API)) {
      String endpoint = "endpoint " + api.read();
      cluster.fill(api);
      String corefile = ports.kubeadm(endpoint, "127.0.0.1:" + (ports.dns() + 9));
      try (var server = ServerProcess.start(directory, ports, corefile, "", List.of());
          var load = start(server, cluster, options)) {
        load.countIn(outside);
        for (int i = 1; i <= options.number("reloads", 20); i++) {
          Files.writeString(server.corefile(), changed(corefile, i));
          load.countIn(inside);
          long begun = System.nanoTime();
          reload(server, i);
          System.out.println(
              "reload %d in %d ms".formatted(i, (System.nanoTime() - begun) / 1_000_000));
          Thread.sleep(AFTER_MILLIS);
          load.countIn(outside);
          Thread.sleep(APART_MILLIS);
        }
      }
    }
    System.out.println("outside of reloads: " + outside);
    System.out.println("inside of reloads:  " + inside);
    System.exit(inside.isClean() && outside.isClean() ? 0 : 1);
  }

  private static Load start(ServerProcess server, BigCluster cluster, Options options)
      throws Exception {
    server.awaitReady(PATIENCE_SECONDS);
    var load =
        Load.open(
            List.of(server.ports().address()),
            cluster.questions(new Random(1)),
            options.number("rate", 10_000));
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
