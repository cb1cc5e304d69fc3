package io.clusterzone.dns.load;

import io.clusterzone.dns.cli.ImpliedCorefile;
import io.clusterzone.dns.cli.MadeFlags;
import io.clusterzone.dns.config.Admin;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.server.ListenAddress;
import io.clusterzone.dns.server.Server;
import io.clusterzone.k8s.api.FreePorts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// What an explanation costs on a running server with a large cluster, and what a client notices of
/// it. A server in this process serves manifests of ten thousand Services with ten endpoints each;
/// a client asks one question after another, first alone and then while explanations are asked for
/// one after another. Ends with 1 if the median of any explanation is over 200 ms, or a query was
/// lost.
///
/// `--services N` `--seconds N` for each of the two.
final class ExplainBenchmark {
  private static final long LIMIT_MILLIS = 200;
  private static final int TIMEOUT_MILLIS = 2000;

  private static final List<String> QUESTIONS =
      List.of(
          "name=s1.n0",
          "name=s0.n0.svc.cluster.local&resolver=musl",
          "name=s1.n00&from=n7",
          "name=s777&from=n0",
          "name=_htpt._tcp.s11.n0&type=SRV",
          "name=s1.n0&from=11.0.0.33",
          "name=11.0.0.33",
          "name=11.99.0.33",
          "name=none.example.com");

  private final int services;
  private final int seconds;
  private final int dnsPort = FreePorts.next();
  private final int adminPort = FreePorts.next();

  private ExplainBenchmark(Options options) throws IOException {
    services = options.number("services", 10_000);
    seconds = options.number("seconds", 10);
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(new ExplainBenchmark(Options.of(arguments, "services", "seconds")).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    Path directory = Files.createTempDirectory("explain");
    manifests(directory.resolve("cluster.yaml"));
    InetAddress local = InetAddress.getLoopbackAddress();
    try (Server _ =
        Server.start(
            ImpliedCorefile.ofManifests(
                List.of(directory),
                new MadeFlags().options(),
                List.of(),
                List.of(new ListenAddress(List.of(local), dnsPort))),
            Log.none(),
            new Admin(new InetSocketAddress(local, adminPort)))) {
      awaitKnown();
      warmUp();
      List<Long> alone = client(() -> {});
      Map<String, List<Long>> explained = new TreeMap<>();
      List<Long> beside = client(() -> explainAll(explained));
      print("client alone", alone, 1_000, "us");
      print("beside explanations", beside, 1_000, "us");
      explained.forEach((question, times) -> print(question, times, 1_000_000, "ms"));
      return lost(beside) <= lost(alone)
          && explained.values().stream()
              .allMatch(times -> at(times, 0.5) < LIMIT_MILLIS * 1_000_000);
    }
  }

  private void manifests(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < services; i++) {
        String namespace = "n" + i / 20;
        String ip = i % 10 == 0 ? "None" : "10.64.%d.%d".formatted(i >> 8, i & 0xff);
        out.write(
            ("---\n{apiVersion: v1, kind: Service, metadata: {name: s%d, namespace: %s}, spec:"
                    + " {clusterIP: %s, ports: [{name: http, port: 80}]}}\n")
                .formatted(i, namespace, ip));
        out.write(
            ("---\n{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s%d-x,"
                    + " namespace: %s, labels: {kubernetes.io/service-name: s%d}}, addressType:"
                    + " IPv4, ports: [{name: http, port: 80}], endpoints: [")
                .formatted(i, namespace, i));
        for (int e = 0; e < 10; e++) {
          int host = i * 10 + e;
          out.write(
              "%s{addresses: [11.%d.%d.%d], targetRef: {kind: Pod, name: s%d-%d}}"
                  .formatted(e == 0 ? "" : ", ", host >> 16, host >> 8 & 0xff, host & 0xff, i, e));
        }
        out.write("]}\n");
      }
    }
  }

  /// The nanoseconds of each explanation, until the thread is interrupted.
  private void explainAll(Map<String, List<Long>> times) {
    while (!Thread.currentThread().isInterrupted()) {
      for (String question : QUESTIONS) {
        long start = System.nanoTime();
        int octets = get(question);
        long nanos = System.nanoTime() - start;
        times.computeIfAbsent(question, _ -> new ArrayList<>()).add(octets == 0 ? 0 : nanos);
        try {
          Thread.sleep(210); // five a second is the page's bound
        } catch (InterruptedException _) {
          return;
        }
      }
    }
  }

  private int get(String question) {
    try (var in =
        URI.create("http://127.0.0.1:" + adminPort + "/explain?" + question).toURL().openStream()) {
      return in.readAllBytes().length;
    } catch (IOException e) {
      throw new IllegalStateException(question, e);
    }
  }

  /// Explanations begin when the cluster is known: the first ones are the slowest.
  private void awaitKnown() throws InterruptedException {
    Map<String, List<Long>> first = new TreeMap<>();
    while (!isKnown()) {
      Thread.sleep(500);
    }
    for (String question : QUESTIONS) {
      long start = System.nanoTime();
      int _ = get(question);
      first.put(question, List.of(System.nanoTime() - start));
      Thread.sleep(300);
    }
    first.forEach((question, times) -> print("first " + question, times, 1_000_000, "ms"));
  }

  private boolean isKnown() {
    try (var in = URI.create("http://127.0.0.1:" + adminPort + "/status").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("\"ready\": true");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void warmUp() throws InterruptedException {
    Map<String, List<Long>> unused = new TreeMap<>();
    Thread warm = Thread.ofPlatform().start(() -> explainAll(unused));
    Thread.sleep(Math.max(1, seconds) * 1000L);
    warm.interrupt();
    warm.join();
  }

  /// The nanoseconds of queries of one client, one after another, while something else goes on.
  private List<Long> client(Runnable beside) throws Exception {
    Thread other = Thread.ofPlatform().start(beside);
    List<Long> times = new ArrayList<>();
    byte[] query =
        Message.newQuery(
                Record.newRecord(Name.fromString("s1.n0.svc.cluster.local."), Type.A, DClass.IN))
            .toWire();
    byte[] reply = new byte[512];
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(InetAddress.getLoopbackAddress(), dnsPort);
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        socket.send(new DatagramPacket(query, query.length));
        try {
          socket.receive(new DatagramPacket(reply, reply.length));
          times.add(System.nanoTime() - start);
        } catch (SocketTimeoutException _) {
          times.add(Long.MAX_VALUE);
        }
      }
    }
    other.interrupt();
    other.join();
    return times;
  }

  private static long lost(List<Long> times) {
    return times.stream().filter(nanos -> nanos == Long.MAX_VALUE).count();
  }

  private static long at(List<Long> times, double share) {
    List<Long> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * share)));
  }

  private static void print(String what, List<Long> times, long unit, String name) {
    System.out.println(
        "%-50s %8d times, median %6d %s, 99%% %6d, longest %6d"
            .formatted(
                what,
                times.size(),
                at(times, 0.5) / unit,
                name,
                at(times, 0.99) / unit,
                at(times, 1) / unit));
  }
}
