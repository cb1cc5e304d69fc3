package io.clusterzone.dns.overload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The built image under ten times the load that it can take: one client floods, another asks for a
/// thousand names a second. The server has one processor, all else the other, so that the flood is
/// what one processor can send; it says how much that was.
///
/// Arguments: how many seconds the flood lasts (60), what percentage of it is for names elsewhere
/// (50), after how many milliseconds one of the two upstreams answers (200; the other never does),
/// and the flood's queries per second (0 for ten times what was measured).
final class OverloadBenchmark {
  private static final String FLOODER = "127.0.0.2";
  private static final int POLITE_PER_SECOND = 1000;
  private static final int WARMING_SECONDS = 15;
  private static final int CAPACITY_SECONDS = 5;
  private static final int SAMPLE_SECONDS = 10;

  private final ServedImage image;
  private final int percentElsewhere;

  private OverloadBenchmark(ServedImage image, int percentElsewhere) {
    this.image = image;
    this.percentElsewhere = percentElsewhere;
  }

  public static void main(String[] args) throws Exception {
    int seconds = argument(args, 0, 60);
    try (SlowUpstream slow = new SlowUpstream(argument(args, 2, 200));
        SlowUpstream silent = new SlowUpstream(-1);
        ServedImage image = ServedImage.start(List.of(slow.port(), silent.port()), "")) {
      var benchmark = new OverloadBenchmark(image, argument(args, 1, 50));
      print("idle: %s".formatted(image.resources()));
      int capacity = benchmark.capacity();
      int wanted = argument(args, 3, 0);
      benchmark.overload(wanted > 0 ? wanted : 10 * capacity, seconds);
      print("afterwards, the polite client alone:");
      print(PoliteClient.run(image.port(), POLITE_PER_SECOND, SAMPLE_SECONDS));
      print(image.resources());
    }
  }

  private static int argument(String[] args, int index, int fallback) {
    return index < args.length ? Integer.parseInt(args[index]) : fallback;
  }

  /// Replies per second to a flood that is far too much.
  private int capacity() throws Exception {
    Process warming = flood(50_000, percentElsewhere, WARMING_SECONDS);
    warming.waitFor();
    Process flood = flood(1_000_000, percentElsewhere, CAPACITY_SECONDS + 2);
    Thread.sleep(1000);
    double before = image.metric("clusterzone_udp_sent_total", "");
    Thread.sleep(CAPACITY_SECONDS * 1000L);
    int perSecond =
        (int) ((image.metric("clusterzone_udp_sent_total", "") - before) / CAPACITY_SECONDS);
    flood.waitFor();
    print(
        "capacity: %d replies a second, %d%% of the queries for names elsewhere"
            .formatted(perSecond, percentElsewhere));
    return perSecond;
  }

  private void overload(int perSecond, int seconds) throws Exception {
    print(
        "flood: %d queries a second for %d s, %d%% for names elsewhere"
            .formatted(perSecond, seconds, percentElsewhere));
    Counts before = Counts.of(image);
    CompletableFuture<PoliteClient.Result> polite =
        CompletableFuture.supplyAsync(
            () -> PoliteClient.run(image.port(), POLITE_PER_SECOND, seconds));
    Process flood = flood(perSecond, percentElsewhere, seconds);
    for (int second = SAMPLE_SECONDS; second <= seconds; second += SAMPLE_SECONDS) {
      Thread.sleep(SAMPLE_SECONDS * 1000L);
      print(
          "after %d s: %s; %.0f queries wait, %.0f KiB in the kernel's queue"
              .formatted(
                  second,
                  image.resources(),
                  image.metric("clusterzone_forward_waiting_queries", ""),
                  image.metric("clusterzone_udp_kernel_queued_bytes", "") / 1024));
    }
    String sent =
        new String(
            flood.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    long sentPerSecond = Long.parseLong(sent.strip()) / seconds;
    print("flood: sent %d a second of %d wanted".formatted(sentPerSecond, perSecond));
    print(polite.join());
    print(Counts.of(image).since(before, seconds));
  }

  private Process flood(int perSecond, int percent, int seconds) throws IOException {
    return new ProcessBuilder(
            List.of(
                "nice",
                "-n",
                "19",
                "taskset",
                "-c",
                "1",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Flood.class.getName(),
                FLOODER,
                Integer.toString(image.port()),
                Integer.toString(perSecond),
                Integer.toString(percent),
                Integer.toString(seconds)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void print(PoliteClient.Result result) {
    print("  polite client, names of the cluster: %s".formatted(result.cluster()));
    print("  polite client, names elsewhere: %s".formatted(result.elsewhere()));
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
