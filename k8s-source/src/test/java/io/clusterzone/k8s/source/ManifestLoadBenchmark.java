package io.clusterzone.k8s.source;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.source.cluster.ManifestModel;
import io.clusterzone.k8s.source.object.ManifestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Loads 10,000 Services with 100,000 endpoints, from 10,000 files and from one list, and then
/// changes one file. Prints the times, and the memory that stays; run it with the heap to be shown,
/// as `java -Xmx160m -cp ... ManifestLoadBenchmark`.
final class ManifestLoadBenchmark {
  private static final int SERVICES = 10_000;
  private static final int CHANGES = 200;

  private ManifestLoadBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("manifests");
    try {
      Path many = Files.createDirectory(directory.resolve("many"));
      Path list = directory.resolve("list.yaml");
      BigCluster.writeFiles(many, SERVICES);
      BigCluster.writeList(list, SERVICES);
      for (int round = 0; round < 3; round++) {
        load("10,000 files", many);
        load("one list", list);
      }
      change(many);
    } finally {
      delete(directory);
    }
  }

  private static void load(String what, Path path) throws IOException {
    long before = heapBytes();
    long start = System.nanoTime();
    var files = new ManifestFiles(List.of(path), ManifestOptions.DEFAULT, _ -> {});
    var model = new ManifestModel(ManifestOptions.DEFAULT);
    List<ClusterEvent> events = model.apply(files.readAll());
    long millis = (System.nanoTime() - start) / 1_000_000;
    long heap = heapBytes() - before;
    print(
        "%s: %d events in %d ms, heap kept %d MB, resident %s"
            .formatted(what, events.size(), millis, heap >> 20, residentMemory()));
    if (!files.problems(model).isEmpty()) {
      throw new IllegalStateException(files.problems(model).getFirst().toString());
    }
  }

  private static void change(Path directory) throws IOException {
    var files = new ManifestFiles(List.of(directory), ManifestOptions.DEFAULT, _ -> {});
    var model = new ManifestModel(ManifestOptions.DEFAULT);
    model.apply(files.readAll());
    Path file = directory.resolve("ns007/web00007.yaml");
    String text = Files.readString(file);
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      Files.writeString(file, text.replace("port: 1\n", "port: " + (i + 2) + "\n"));
      long start = System.nanoTime();
      files.examine(file, 0);
      int events = model.apply(files.readSettled(Long.MAX_VALUE / 2)).size();
      files.problems(model);
      micros.add((System.nanoTime() - start) / 1_000);
      if (events != 1) {
        throw new IllegalStateException(events + " events");
      }
    }
    micros.sort(Comparator.naturalOrder());
    print(
        "one changed file of 10,000: median %d us, p90 %d us"
            .formatted(micros.get(CHANGES / 2), micros.get(CHANGES * 9 / 10)));
    long start = System.nanoTime();
    files.examine(directory, 0);
    files.readSettled(Long.MAX_VALUE / 2);
    print("looking through all: %d ms".formatted((System.nanoTime() - start) / 1_000_000));
  }

  private static long heapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String residentMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .findFirst()
        .orElse("unknown");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
