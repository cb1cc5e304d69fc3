package io.clusterzone.dns.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A resolver library behind one small program, whose arguments and output `lookup.c` describes.
///
/// @param needs programs that must be on the machine to build it
/// @param build the command that builds it, `OUT` standing for the program; empty if there is
///   nothing to build
/// @param run the command that runs it
/// @param tcp whether it can be told to ask over TCP
/// @param retriesTruncated whether it asks again over TCP after a truncated reply (RFC 7766 section
///   5)
record Resolver(
    String name,
    List<String> needs,
    List<String> build,
    List<String> run,
    boolean tcp,
    boolean retriesTruncated) {
  private static final String SOURCES = Path.of("src/test/clients").toAbsolutePath() + "/";

  static final List<Resolver> ALL =
      List.of(
          built("glibc", "cc", List.of("cc", "-o", "OUT", SOURCES + "lookup.c"), true),
          // musl 1.2.3 knows no TCP.
          built(
              "musl",
              "musl-gcc",
              List.of("musl-gcc", "-static", "-o", "OUT", SOURCES + "lookup.c"),
              false),
          built("c-ares", "cc", List.of("cc", "-o", "OUT", SOURCES + "ares.c", "-lcares"), true),
          built("Go", "go", List.of("go", "build", "-o", "OUT", SOURCES + "lookup.go"), true),
          new Resolver("Java", List.of(), List.of(), java(), true, true));

  private static Resolver built(String name, String compiler, List<String> build, boolean tcp) {
    return new Resolver(name, List.of(compiler), build, List.of("OUT"), tcp, tcp);
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        Path.of("target/test-classes").toAbsolutePath().toString(),
        JavaLookup.class.getName());
  }

  /// The command to run, after building the program into `directory`; empty if the machine lacks
  /// what it takes.
  List<String> prepare(Path directory) throws IOException, InterruptedException {
    if (!Programs.present(needs.toArray(String[]::new))) {
      return List.of();
    }
    String out = directory.resolve("lookup-" + name).toString();
    if (!build.isEmpty()) {
      Map<String, String> go =
          Map.of("CGO_ENABLED", "0", "GO111MODULE", "off", "GOCACHE", directory + "/go");
      Programs.Run built = Programs.run(in(out, build), go);
      if (built.code() != 0) {
        return List.of();
      }
    }
    return in(out, run);
  }

  private static List<String> in(String out, List<String> command) {
    List<String> filled = new ArrayList<>(command);
    filled.replaceAll(word -> word.equals("OUT") ? out : word);
    return filled;
  }
}
