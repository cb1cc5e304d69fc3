package io.clusterzone.dns.overload;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The built image with kubeadm's Corefile, on one processor.
///
/// It differs from kubeadm's in its ports, its upstreams, and where the cluster comes from.
final class ServedImage implements AutoCloseable {
  private static final Path LAUNCHER = Path.of("target/clusterzone/bin/clusterzone");

  /// As in a container with kubeadm's limit for CoreDNS.
  private static final String MEMORY = "-XX:MaxRAM=170m";

  private final Process process;
  private final int port;
  private final int metricsPort;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServedImage(Process process, int port, int metricsPort) {
    this.process = process;
    this.port = port;
    this.metricsPort = metricsPort;
  }

  static ServedImage start(List<Integer> upstreams, String shed) throws Exception {
    Path directory = Files.createTempDirectory("overload");
    Path manifests = Files.createDirectory(directory.resolve("manifests"));
    Files.writeString(manifests.resolve("services.yaml"), services());
    int port = freePort();
    int metricsPort = freePort();
    int healthPort = freePort();
    int readyPort = freePort();
    StringBuilder forward = new StringBuilder();
    upstreams.forEach(each -> forward.append(" 127.0.0.1:").append(each));
    Path corefile =
        Files.writeString(
            directory.resolve("Corefile"),
            """
            .:%d {
                bind 127.0.0.1
                errors
                health :%d {
                   lameduck 5s
                }
                ready :%d
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                   manifests %s
                   pods insecure
                   fallthrough in-addr.arpa ip6.arpa
                   ttl 30
                }
                prometheus :%d
                forward .%s {
                   max_concurrent 1000
                }
                cache 30 {
                   disable success cluster.local
                   disable denial cluster.local
                }
                loop
                reload
                loadbalance
                %s
            }
            """
                .formatted(port, healthPort, readyPort, manifests, metricsPort, forward, shed));
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
    command.addAll(List.of(LAUNCHER.toAbsolutePath().toString(), "-conf", corefile.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().put("CLUSTERZONE_JAVA_OPTS", MEMORY);
    Process process = builder.start();
    ServedImage image = new ServedImage(process, port, metricsPort);
    image.awaitReady(readyPort, directory);
    return image;
  }

  private static String services() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Queries.SERVICES; i++) {
      text.append(
          """
          apiVersion: v1
          kind: Service
          metadata: {name: s%02d, namespace: shop}
          spec: {clusterIP: 10.96.1.%d, ports: [{name: http, port: 80}]}
          ---
          """
              .formatted(i, i));
    }
    return text.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(int readyPort, Path directory) throws Exception {
    for (int i = 0; i < 300; i++) {
      if (!process.isAlive()) {
        throw new IllegalStateException(Files.readString(directory.resolve("log")));
      }
      try {
        if (get("http://127.0.0.1:" + readyPort + "/ready").statusCode() == 200) {
          return;
        }
      } catch (IOException _) {
        // It does not listen yet.
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("not ready; see " + directory.resolve("log"));
  }

  int port() {
    return port;
  }

  private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /// The sum of the samples of a metric whose line has the text in its labels.
  double metric(String name, String label) throws IOException, InterruptedException {
    return get("http://127.0.0.1:" + metricsPort + "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// Resident memory in MiB, threads and descriptors, as the kernel has them.
  String resources() throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    long resident = 0;
    long threads = 0;
    for (String line : Files.readAllLines(proc.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        resident = number(line) / 1024;
      } else if (line.startsWith("Threads:")) {
        threads = number(line);
      }
    }
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      return "%d MiB, %d threads, %d descriptors".formatted(resident, threads, open.count());
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  @Override
  public void close() {
    process.destroy();
    var _ = process.onExit().completeOnTimeout(process, 15, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
