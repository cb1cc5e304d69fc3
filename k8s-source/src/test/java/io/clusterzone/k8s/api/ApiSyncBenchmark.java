package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Learns clusters of 1,000, 10,000 and 50,000 Services with a slice of ten endpoints each from a
/// fake API server in a process of its own, follows 100,000 changes, and lists all again. Prints
/// times, CPU and memory; run it with the heap to be shown, as `java -Xmx64m -XX:+UseSerialGC -cp
/// ... ApiSyncBenchmark`.
final class ApiSyncBenchmark {
  private static final int ENDPOINTS = 10;
  private static final int CHANGES = 100_000;

  private ApiSyncBenchmark() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 2 && args[0].equals("serve")) {
      serve(Integer.parseInt(args[1]));
      return;
    }
    int[] sizes = args.length > 0 ? new int[] {Integer.parseInt(args[0])} : new int[] {1, 10, 50};
    for (int thousands : sizes) {
      measure(thousands * 1000);
    }
  }

  private static void measure(int services) throws Exception {
    Process server = startServer(services);
    try (var in = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
        var out = new BufferedWriter(new OutputStreamWriter(server.getOutputStream(), UTF_8))) {
      run(services, in.readLine(), out);
    } finally {
      server.destroy();
    }
  }

  private static void run(int services, String url, BufferedWriter server) throws Exception {
    var sink = new CountingSink();
    long begun = System.nanoTime();
    long cpu = cpuNanos();
    try (var source =
        new ApiSource(
            ApiOptions.of(new ApiAccess.Endpoint(url, "", "", "")), sink, ApiObserver.NONE)) {
      source.start();
      waitFor(() -> source.status().stream().allMatch(KindStatus::synced));
      long bytes = source.status().stream().mapToLong(KindStatus::receivedOctets).sum();
      System.out.println(
          "%d Services: synced in %d ms, %d ms CPU, %d MB received"
              .formatted(
                  services, millisSince(begun), (cpuNanos() - cpu) / 1_000_000, bytes >> 20));
      System.out.println("  steady: heap %d MB, %s".formatted(heapBytes() >> 20, residentMemory()));

      cpu = cpuNanos();
      begun = System.nanoTime();
      long expected = sink.events.get() + CHANGES;
      tell(server, "churn");
      waitFor(() -> sink.events.get() >= expected);
      System.out.println(
          "  %d changes of a slice in %d ms: %.1f us CPU each"
              .formatted(CHANGES, millisSince(begun), (cpuNanos() - cpu) / 1000.0 / CHANGES));

      for (int i = 1; i <= 3; i++) {
        int rounds = i;
        begun = System.nanoTime();
        cpu = cpuNanos();
        tell(server, "expire");
        waitFor(() ->
            source.status().stream()
                .filter(kind -> kind.kind() != Kind.NAMESPACE)
                .allMatch(kind -> kind.relists(RelistReason.EXPIRED) >= rounds));
        System.out.println(
            "  relist in %d ms, %d ms CPU"
                .formatted(millisSince(begun), (cpuNanos() - cpu) / 1_000_000));
      }
      System.out.println("  after: heap %d MB, %s".formatted(heapBytes() >> 20, residentMemory()));
    }
  }

  private static Process startServer(int services) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx3g",
            "-cp",
            System.getProperty("java.class.path"),
            ApiSyncBenchmark.class.getName(),
            "serve",
            "" + services)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void tell(BufferedWriter server, String command) throws IOException {
    server.write(command + "\n");
    server.flush();
  }

  private static void serve(int services) throws IOException {
    var cluster = new FakeCluster();
    cluster.put(Samples.namespace("shop"));
    cluster.put(Samples.services(services));
    for (int i = 0; i < services; i++) {
      cluster.put(slice(i, 0));
    }
    try (var server = new FakeApiServer(cluster);
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      System.out.println(server.url());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("churn")) {
          for (int i = 0; i < CHANGES; i++) {
            cluster.put(slice(i % services, i / services + 1));
          }
        } else {
          cluster.put(Samples.namespace("shop"));
          cluster.compact();
          server.cut();
        }
      }
    }
  }

  private static ClusterObject slice(int i, int generation) {
    String[] ips =
        IntStream.range(0, ENDPOINTS)
            .mapToObj(e -> "10." + (i / 250 % 250) + "." + i % 250 + "." + (e + generation) % 250)
            .toArray(String[]::new);
    return new ClusterObject.EndpointSlice(
        new ObjectKey("shop", "s" + i + "-x7k2p"),
        "s" + i,
        "",
        "",
        Samples.slice("s" + i, "", ips).endpoints(),
        Samples.PORTS);
  }

  /// Counts, and keeps nothing: the memory is the source's own.
  private static final class CountingSink implements ClusterSink {
    private final AtomicLong events = new AtomicLong();

    @Override
    public void accept(List<ClusterEvent> batch) {
      events.addAndGet(
          batch.stream()
              .filter(event ->
                  event instanceof ClusterEvent.Put(var object)
                      && object.kind() == Kind.ENDPOINT_SLICE)
              .count());
    }
  }

  private static void waitFor(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long heapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String residentMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
        .map(line -> line.replaceAll("\\s+", " "))
        .reduce("", (a, b) -> a + " " + b)
        .strip();
  }
}
