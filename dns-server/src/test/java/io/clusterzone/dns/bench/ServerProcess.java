package io.clusterzone.dns.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The built image serving kubeadm's Corefile, the API server and the upstream given.
final class ServerProcess implements AutoCloseable {
  private static final long START_NANOS = Duration.ofMinutes(5).toNanos();

  private final Process process;
  private final int http;

  /// `enter` runs the command that follows it; it may be empty.
  ServerProcess(Path directory, int port, String api, int upstream, List<String> enter, String log)
      throws IOException {
    http = freePort();
    Path corefile = directory.resolve("Corefile");
    Files.writeString(corefile, corefile(port, http, api, directory, upstream));
    List<String> command = new ArrayList<>(enter);
    command.add(Path.of("target/clusterzone/bin/clusterzone").toAbsolutePath().toString());
    command.addAll(List.of("-conf", corefile.toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .merge(
            "CLUSTERZONE_JAVA_OPTS",
            "-Xlog:gc,safepoint:file=" + directory.resolve(log),
            (a, b) -> a + " " + b);
    process = builder.redirectOutput(directory.resolve(log + ".out").toFile()).start();
  }

  private static String corefile(int port, int http, String api, Path directory, int upstream) {
    return """
    .:%d {
        bind 127.0.0.1
        errors
        health 127.0.0.1:%d {
            lameduck 5s
        }
        ready 127.0.0.1:%d
        kubernetes cluster.local in-addr.arpa ip6.arpa {
            endpoint %s
            snapshot %s
            pods insecure
            fallthrough in-addr.arpa ip6.arpa
            ttl 30
        }
        prometheus 127.0.0.1:%d
        forward . 127.0.0.1:%d {
            max_concurrent 1000
        }
        cache 30 {
            disable success cluster.local
            disable denial cluster.local
        }
        loop
        reload
        loadbalance
    }
    """
        .formatted(port, http, http, api, directory.resolve("snapshot"), http, upstream);
  }

  static int freePort() throws IOException {
    try (var stream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var datagrams = new DatagramSocket(stream.getLocalPort(), stream.getInetAddress())) {
      return datagrams.getLocalPort();
    }
  }

  /// Waits until it is ready, and tells after how many milliseconds.
  long awaitReady() throws IOException {
    long begun = System.nanoTime();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() - begun > START_NANOS) {
        throw new IOException("not ready; alive: " + process.isAlive());
      }
      LockSupport.parkNanos(5_000_000);
    }
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private boolean isReady() {
    try {
      var connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + http + "/ready").toURL().openConnection();
      connection.setReadTimeout(1000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /// A line of the process's status that is in kB, in octets.
  long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .sum();
  }

  /// Octets of the heap that are used after a full collection.
  long liveHeapOctets() throws Exception {
    jcmd("GC.run");
    return jcmd("GC.heap_info")
        .lines()
        .filter(line -> line.contains(" total "))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K.*", "$1")) << 10)
        .sum();
  }

  String jcmd(String... command) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of("target/clusterzone/runtime/bin/jcmd").toString());
    line.add(Long.toString(process.pid()));
    line.addAll(List.of(command));
    var jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
    return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
