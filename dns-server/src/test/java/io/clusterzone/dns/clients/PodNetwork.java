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

  /// Starts the server in a new namespace, and waits for the line that says it serves.
  static PodNetwork start(List<String> server, Path directory) throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare", "--net", "sh", "-c", SETUP, "sh"));
    command.addAll(server);
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

  @Override
  public void close() {
    server.destroy();
    server.onExit().join();
  }
}
