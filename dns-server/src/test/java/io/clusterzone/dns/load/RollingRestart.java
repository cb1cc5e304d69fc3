package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The effect of a rolling restart on queries: two built images behind something like a Service;
/// the older gets SIGTERM while its successor starts, and the next follows once that is ready and
/// the older has ended. Queries go to those that are ready, so many a second. Ends with 1 if a
/// query was lost or answered wrong, or a process did not end with 0.
///
/// `--restarts N`, `--apart` milliseconds from one to the next, `--rate` queries a second,
/// `--services N`, `--period` milliseconds from a look at `/ready` to the next, `--threshold`
/// failures of it until a server is not asked any more, `--port` the first of a hundred;
/// `--container ARCHIVE` restarts containers, as the chart has them run.
final class RollingRestart {
  private static final int WARM_MILLIS = 15_000;
  private static final int PORTS_APART = 10;
  private static final int PATIENCE_SECONDS = 90;

  private final Options options;
  private final BigCluster cluster;
  private final Path directory = Files.createTempDirectory("rolling-restart");
  private final int apartMillis;
  private final @Nullable Containers containers;
  private final Deque<ServerProcess> servers = new ArrayDeque<>();
  private final Tally inside = new Tally();
  private final Tally outside = new Tally();
  private int started;
  private boolean ended = true;

  private RollingRestart(Options options) throws IOException, InterruptedException {
    this.options = options;
    this.apartMillis = options.number("apart", 5_000);
    String archive = options.text("container", "");
    this.containers = archive.isEmpty() ? null : new Containers(Path.of(archive));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    this.cluster = new BigCluster(options.number("services", 1000));
  }

  public static void main(String[] arguments) throws Exception {
    var options =
        Options.of(
            arguments,
            "restarts",
            "apart",
            "rate",
            "services",
            "period",
            "threshold",
            "port",
            "container");
    System.exit(new RollingRestart(options).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    try (var api = JavaProcess.start(List.of(), ClusterBenchmark.API)) {
      String endpoint = "endpoint " + api.read();
      cluster.fill(api);
      start(endpoint).awaitReady(PATIENCE_SECONDS);
      start(endpoint).awaitReady(PATIENCE_SECONDS);
      try (var load =
              Load.open(
                  List.of(), cluster.questions(new Random(1)), options.number("rate", 10_000));
          var service =
              new ReadyServers(
                  options.number("threshold", 3), options.number("period", 1000), load)) {
        servers.forEach(service::add);
        Thread.sleep(WARM_MILLIS);
        load.countIn(outside);
        for (int i = 0; i < options.number("restarts", 4); i++) {
          Thread.sleep(apartMillis);
          load.countIn(inside);
          restart(endpoint, service);
          load.countIn(outside);
        }
        Thread.sleep(apartMillis);
      }
    } finally {
      servers.forEach(ServerProcess::close);
      if (containers != null) {
        containers.close();
      }
    }
    System.out.println("outside of restarts: " + outside);
    System.out.println("inside of restarts:  " + inside);
    return ended && inside.isClean() && outside.isClean();
  }

  private ServerProcess start(String endpoint) throws IOException {
    var ports = new ServerPorts(options.number("port", 22000) + PORTS_APART * (started++ % 9));
    String corefile = ports.kubeadm(endpoint, "127.0.0.1:" + (ports.dns() + 9));
    var server =
        containers == null
            ? ServerProcess.start(directory, ports, corefile, "", List.of())
            : ServerProcess.start(directory, ports, corefile, containers.starting(directory));
    servers.add(server);
    return server;
  }

  private void restart(String endpoint, ReadyServers service) throws Exception {
    long begun = System.nanoTime();
    ServerProcess old = servers.remove();
    old.signal("TERM");
    ServerProcess next = start(endpoint);
    next.awaitReady(PATIENCE_SECONDS);
    service.add(next);
    int code = old.awaitEnd();
    long endedMillis = (System.nanoTime() - begun) / 1_000_000;
    while (!service.holds(next)) {
      Thread.sleep(10);
    }
    System.out.println(
        "restart in %d ms; the old one ended with %d after %d ms"
            .formatted((System.nanoTime() - begun) / 1_000_000, code, endedMillis));
    ended &= code == 0;
  }
}
