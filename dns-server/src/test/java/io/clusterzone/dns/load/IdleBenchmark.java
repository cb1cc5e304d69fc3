package io.clusterzone.dns.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The effect on UDP clients of the built image of TCP connections on which nothing is sent: rounds
/// with none and rounds with as many as it takes, opened again as it closes them.
///
/// `--connections` to open, from 32 addresses, `--rate` of the queries a second, `--rounds` of each
/// sort, `--seconds` of one, `--port` the first of ten.
final class IdleBenchmark {
  private static final int SERVICES = 1000;
  private static final int SOURCES = 32;
  private static final int WARMING_SECONDS = 10;

  /// For the server to take leave of those that have gone.
  private static final int SETTLING_MILLIS = 3000;

  private final Options options;
  private final BigCluster cluster = new BigCluster(SERVICES);
  private final ServerPorts ports;

  private IdleBenchmark(Options options) {
    this.options = options;
    this.ports = new ServerPorts(options.number("port", 22000));
  }

  public static void main(String[] arguments) throws Exception {
    new IdleBenchmark(Options.of(arguments, "connections", "rate", "rounds", "seconds", "port"))
        .run();
  }

  private void run() throws Exception {
    Pins.moveThisProcess();
    Path directory = Files.createTempDirectory("idle-benchmark");
    try (var api = JavaProcess.start(Pins.last(), ClusterBenchmark.API)) {
      String endpoint = "endpoint " + api.read();
      cluster.fill(api);
      String corefile = ports.kubeadm(endpoint, "127.0.0.1:9");
      try (var server = ServerProcess.start(directory, ports, corefile, "", Pins.first())) {
        server.awaitReady(60);
        ask(WARMING_SECONDS);
        for (int round = 0; round < options.number("rounds", 3); round++) {
          System.out.println("no connections:   " + ask(options.number("seconds", 10)));
          try (var _ = new IdleConnections(ports.address(), options.number("connections", 6000))) {
            Thread.sleep(1000);
            Tally tally = ask(options.number("seconds", 10));
            double open = server.metric("clusterzone_tcp_connections", "");
            System.out.println("%.0f connections: ".formatted(open) + tally);
          }
          Thread.sleep(SETTLING_MILLIS);
        }
      }
    }
  }

  private Tally ask(int seconds) throws Exception {
    var tally = new Tally();
    var random = new Random(1);
    try (var load =
        Load.open(
            List.of(ports.address()), cluster.clusterIps(random), options.number("rate", 2000))) {
      load.countIn(tally);
      Thread.sleep(seconds * 1000L);
    }
    return tally;
  }

  /// Connections that are opened and left alone, again and again.
  private static final class IdleConnections implements AutoCloseable {
    private static final int ROUNDS_A_SECOND = 5;

    private final InetSocketAddress server;
    private final List<SocketChannel> open = new ArrayList<>();
    private final int count;
    private final Thread thread = Thread.ofPlatform().name("idle").unstarted(this::run);

    IdleConnections(InetSocketAddress server, int count) {
      this.server = server;
      this.count = count;
      thread.start();
    }

    /// A fifteenth of them is closed and opened anew at each turn, so that none is older than the
    /// three seconds after which the server closes it.
    private void run() {
      try {
        for (int i = 0; !Thread.interrupted(); i++) {
          for (int k = 0; k < count / 15; k++) {
            if (open.size() >= count) {
              open.removeFirst().close();
            }
            open.add(connect((i * count / 15 + k) % SOURCES));
          }
          Thread.sleep(1000 / ROUNDS_A_SECOND);
        }
      } catch (InterruptedException _) {
        // Closed.
      } catch (IOException e) {
        System.err.println("no more connections: " + e);
      }
    }

    private SocketChannel connect(int source) throws IOException {
      SocketChannel channel = SocketChannel.open();
      channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.1." + (source + 1)), 0));
      channel.connect(server);
      return channel;
    }

    @Override
    public void close() throws IOException {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      for (SocketChannel channel : open) {
        channel.close();
      }
    }
  }
}
