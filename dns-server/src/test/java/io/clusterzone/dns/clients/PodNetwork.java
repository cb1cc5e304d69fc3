package io.clusterzone.dns.clients;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A network namespace with one server in it and no way out, and the `resolv.conf` of a pod of the
/// namespace `shop`. Needs Linux and root; leaves nothing behind.
final class PodNetwork implements AutoCloseable {
  private static final String RESOLV_CONF =
      """
      nameserver 127.0.0.1
      search shop.svc.cluster.local svc.cluster.local cluster.local
      options ndots:5
      """;

  /// glibc asks for IPv4 addresses only where there is one besides 127.0.0.1 (`AI_ADDRCONFIG`).
  private static final String SETUP =
      "ip link set lo up && ip address add 10.244.0.9/32 dev lo && exec \"$@\"";

  private final Process server;
  private final Path overUdp;
  private final Path overTcp;

  private PodNetwork(Process server, Path directory) throws IOException {
    this.server = server;
    this.overUdp = Files.writeString(directory.resolve("resolv-udp.conf"), RESOLV_CONF);
    this.overTcp =
        Files.writeString(directory.resolve("resolv-tcp.conf"), RESOLV_CONF + "options use-vc\n");
  }

  /// Whether this machine and user can make namespaces.
  static boolean possible() throws IOException, InterruptedException {
    return Programs.present("unshare", "nsenter", "mount", "ip", "sh")
        && Programs.run(List.of("unshare", "--net", "--mount", "true"), Map.of()).code() == 0;
  }

  /// Runs `serve` with these arguments in a new namespace, and waits for the line that says it
  /// serves.
  static PodNetwork start(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare", "--net", "sh", "-c", SETUP, "sh"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.clusterzone.dns.cli.Clusterzone",
            "serve"));
    command.addAll(List.of(arguments));
    Path log = directory.resolve("server.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !process.isAlive() || Files.readString(log).contains("listening"));
    if (!process.isAlive()) {
      throw new IOException("the server ended instead of serving:\n" + Files.readString(log));
    }
    return new PodNetwork(process, directory);
  }

  /// Runs a client in the namespace. With `tcp`, resolvers that read `use-vc` and those that look
  /// for `USE_TCP` ask over TCP.
  Programs.Run run(boolean tcp, List<String> client) throws IOException, InterruptedException {
    Path resolvConf = tcp ? overTcp : overUdp;
    List<String> command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=/proc/" + server.pid() + "/ns/net",
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind " + resolvConf + " /etc/resolv.conf && exec \"$@\"",
                "sh"));
    command.addAll(client);
    return Programs.run(command, tcp ? Map.of("USE_TCP", "1") : Map.of());
  }

  /// Links the namespace with that of another process, the node: 10.244.1.9 here, 10.244.1.1 there.
  void connect(long node) throws IOException, InterruptedException {
    String here = "nsenter --net=/proc/" + server.pid() + "/ns/net ip ";
    String there = "nsenter --net=/proc/" + node + "/ns/net ip ";
    for (String command :
        List.of(
            here + "link add eth0 type veth peer name pod netns " + node,
            here + "address add 10.244.1.9/24 dev eth0",
            here + "link set eth0 up",
            there + "address add 10.244.1.1/24 dev pod",
            there + "link set pod up")) {
      Programs.Run run = Programs.run(List.of(command.split(" ")), Map.of());
      if (run.code() != 0) {
        throw new IOException(command + ": " + run.out());
      }
    }
  }

  @Override
  public void close() {
    server.destroy();
    server.onExit().join();
  }
}
