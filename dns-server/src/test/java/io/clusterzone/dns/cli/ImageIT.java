package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.server.Version;
import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// The image that the build leaves, started as an operator starts it: through a link, from another
/// directory, with no JDK around. Runs after the packaging.
final class ImageIT {
  private static final Path LAUNCHER =
      Path.of("target/clusterzone/bin/clusterzone").toAbsolutePath();
  private static final Path EXAMPLE = Path.of("../deploy/example").toAbsolutePath().normalize();
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /// The number of SIGUSR1 on Linux.
  private static final int USR1 = 10;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  private Path link = LAUNCHER;
  private Path linkToLink = LAUNCHER;
  private Path out = LAUNCHER;

  @BeforeEach
  void linkLauncher() throws IOException {
    link = Files.createSymbolicLink(directory.resolve("link"), LAUNCHER);
    linkToLink = Files.createSymbolicLink(directory.resolve("clusterzone"), link.getFileName());
    out = directory.resolve("out");
  }

  @AfterEach
  void deleteLinks() throws IOException {
    Files.delete(linkToLink);
    Files.delete(link);
  }

  private Process start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(linkToLink.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }

  private int run(String... arguments) throws Exception {
    return exitOf(start(arguments));
  }

  private static int exitOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String output() throws IOException {
    return Files.readString(out);
  }

  @Test
  void printsTheManualOfADirective() throws Exception {
    assertThat(run("help", "whoami")).isZero();
    assertThat(output()).startsWith("## whoami\n").contains("with the client's address");
  }

  @Test
  void runsThroughALinkFromAnotherDirectory() throws Exception {
    assertThat(run("version")).isZero();
    assertThat(output()).startsWith("clusterzone " + Version.number() + " (");
  }

  /// What is not in the AOT cache is parsed and verified at each start.
  @Test
  void loadsItsLibrariesFromTheCache() throws Exception {
    Map<String, String> told = Map.of("CLUSTERZONE_JAVA_OPTS", "-Xlog:class+load");
    assertThat(exitOf(start(told, "version"))).isZero();
    assertThat(output().lines().filter(line -> line.contains(" picocli.CommandLine ")))
        .singleElement()
        .asString()
        .endsWith("source: shared objects file");
  }

  @ParameterizedTest
  @CsvSource({"help,0", "-version,0", "check no-such-file,1", "serve --no-such-option,2"})
  void endsWithTheCodeOfItsOutcome(String arguments, int code) throws Exception {
    assertThat(run(arguments.split(" ", -1))).as(output()).isEqualTo(code);
  }

  /// That the example has a headless Service without Pods, or that another test has the admin
  /// pages' address, on standard error.
  private static boolean isRemark(String line) {
    return line.endsWith("[CZ0225]") || line.endsWith("admin off)");
  }

  @Test
  void dumpsNothingButTheZone() throws Exception {
    assertThat(run("dump", "--manifests", EXAMPLE.toString())).isZero();
    assertThat(output().lines().filter(line -> !isRemark(line)))
        .startsWith("$ORIGIN cluster.local.")
        .noneMatch(line -> line.contains("[INFO]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void answersUntilASignalAndEndsWithZero(String signal) throws Exception {
    int port = FreePorts.next();
    Process server =
        start("serve", "--manifests", EXAMPLE.toString(), "--listen", "127.0.0.1:" + port);
    try {
      await().atMost(LIMIT).until(() -> output().contains("listening") || !server.isAlive());
      assertThat(output()).contains("cluster.local", "127.0.0.1:" + port);
      assertThat(answer(port)).isEqualTo("10.96.0.10");
      send(server, signal);
      if (signal.equals("INT") && ignoresInterrupts(server)) {
        assertThat(answer(port)).isEqualTo("10.96.0.10");
        send(server, "TERM");
      }
      assertThat(exitOf(server)).as(output()).isZero();
      assertThat(output()).contains("[INFO] stopping");
    } finally {
      server.destroyForcibly();
    }
  }

  private static void send(Process process, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  /// Whether the process was started with SIGINT ignored, and leaves it so: `nohup` and the
  /// background jobs of a shell do that, and all that they start inherits it, these tests too.
  private static boolean ignoresInterrupts(Process process) throws IOException {
    return signals(process, "SigIgn:", 2);
  }

  /// Whether a signal is in a set of the process, as Linux tells; false elsewhere.
  private static boolean signals(Process process, String set, int number) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(set))
        .map(line -> Long.parseUnsignedLong(line.substring(set.length()).strip(), 16))
        .anyMatch(signals -> (signals >> (number - 1) & 1) != 0);
  }

  /// From the first line of the launcher on: it is ignored, then kept, then obeyed.
  @Test
  void aSigusr1WhileItStartsEndsNothing() throws Exception {
    int port = FreePorts.next();
    Process server =
        start("serve", "--manifests", EXAMPLE.toString(), "--listen", "127.0.0.1:" + port);
    try {
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(LIMIT)
          .until(() -> {
            if (signals(server, "SigIgn:", USR1) || signals(server, "SigCgt:", USR1)) {
              send(server, "USR1");
            }
            return output().contains("listening") || !server.isAlive();
          });
      assertThat(answer(port)).isEqualTo("10.96.0.10");
    } finally {
      server.destroyForcibly();
    }
  }

  /// What reads its output may have stopped; whoever supervises it waits for its end.
  @Test
  void endsForWantOfMemoryThoughNobodyReadsWhy() throws Exception {
    Path manifests = tooLarge();
    var builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "head -c 2000000 /dev/zero & exec \"$@\" 2>&1",
            "sh",
            linkToLink.toString(),
            "serve",
            "--manifests",
            manifests.toString(),
            "--listen",
            "127.0.0.1:0");
    builder.environment().put("CLUSTERZONE_JAVA_OPTS", "-Xmx16m");
    Process server = builder.start();
    try {
      assertThat(exitOf(server)).isEqualTo(3);
    } finally {
      server.destroyForcibly();
    }
  }

  private static String answer(int port) throws IOException {
    var resolver = new SimpleResolver(new InetSocketAddress(LOOPBACK, port));
    Name web = Name.fromString("web.shop.svc.cluster.local.");
    Message reply = resolver.send(Message.newQuery(Record.newRecord(web, Type.A, 1)));
    return reply.getSection(1).getFirst().rdataToString();
  }

  @Test
  void saysInOneLineThatThePortIsTaken() throws Exception {
    try (var other = new DatagramSocket(0, LOOPBACK)) {
      String listen = "127.0.0.1:" + other.getLocalPort();
      assertThat(run("serve", "--manifests", EXAMPLE.toString(), "--listen", listen)).isEqualTo(1);
      assertThat(output().lines().filter(line -> !line.startsWith("[INFO]") && !isRemark(line)))
          .singleElement()
          .asString()
          .contains(listen, "another");
    }
  }

  @Test
  void writesItsProcessIdAndIsQuiet() throws Exception {
    Path pid = directory.resolve("pid");
    String listen = "127.0.0.1:" + FreePorts.next();
    Process server =
        start(
            "serve",
            "--manifests",
            EXAMPLE.toString(),
            "--listen",
            listen,
            "-quiet",
            "-pidfile",
            pid.toString());
    try {
      await().atMost(LIMIT).until(() -> Files.exists(pid) || !server.isAlive());
      await().atMost(LIMIT).until(() -> Files.readString(pid).endsWith("\n"));
      assertThat(Files.readString(pid).strip()).isEqualTo(Long.toString(server.pid()));
      assertThat(output()).doesNotContain("serving", "listening");
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void servesACorefileWithoutACommand() throws Exception {
    int port = FreePorts.next();
    Files.writeString(
        directory.resolve("Corefile"),
        """
        .:%d {
          bind 127.0.0.1
          log
          kubernetes cluster.local {
            manifests %s
          }
        }
        """
            .formatted(port, EXAMPLE));
    Process server = start();
    try {
      await().atMost(LIMIT).until(() -> output().contains("listening") || !server.isAlive());
      assertThat(answer(port)).isEqualTo("10.96.0.10");
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(output()).contains("\"A IN web.shop.svc.cluster.local. udp"));
    } finally {
      server.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({"-XX:+UseSerialGC,shared objects file", "-XX:-UseCompactObjectHeaders,jar"})
  void startsFromItsCacheUnlessThatDoesNotFit(String option, String origin) throws Exception {
    Path loaded = directory.resolve("loaded");
    var builder = new ProcessBuilder(linkToLink.toString(), "version").redirectErrorStream(true);
    builder
        .environment()
        .put("CLUSTERZONE_JAVA_OPTS", option + " -Xlog:class+load:file=" + loaded + ":none");
    assertThat(exitOf(builder.redirectOutput(out.toFile()).start())).isZero();
    assertThat(output()).hasLineCount(1).startsWith("clusterzone ");
    assertThat(Files.readAllLines(loaded))
        .filteredOn(line -> line.startsWith(Clusterzone.class.getName() + " "))
        .singleElement()
        .asString()
        .contains(origin);
  }

  /// As in a container whose root is read-only: the JVM finds no directory for temporary files.
  @Test
  void makesFlightRecordingsWithoutATemporaryDirectory() throws Exception {
    int port = FreePorts.next();
    Files.writeString(
        directory.resolve("Corefile"),
        """
        .:%d {
          bind 127.0.0.1
          whoami
          pprof localhost:%d
        }
        """
            .formatted(FreePorts.next(), port));
    Process server = start(Map.of("CLUSTERZONE_JAVA_OPTS", "-Djava.io.tmpdir=/no/such/place"));
    try {
      await().atMost(LIMIT).until(() -> output().contains("listening") || !server.isAlive());
      out = directory.resolve("diagnosis");
      String address = "localhost:" + port;
      assertThat(run("diagnose", "recording", "a.jfr", "--seconds", "1", "--address", address))
          .as(output())
          .isZero();
      assertThat(output()).contains("recording, 1 s left", directory.resolve("a.jfr").toString());
      assertThat(RecordingFile.readAllEvents(directory.resolve("a.jfr")))
          .extracting(event -> event.getEventType().getName())
          .contains("jdk.JVMInformation", "jdk.ActiveSetting");
      assertThat(run("diagnose", "threads", "--address", address)).isZero();
      assertThat(output()).contains("log-writer");
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void saysWhatToDoWhereNothingCanBeDiagnosed() throws Exception {
    assertThat(run("diagnose", "heap", "--address", "localhost:" + FreePorts.next())).isEqualTo(1);
    assertThat(output()).hasLineCount(1).contains("add the directive pprof");
  }

  /// As many Services as manifests may hold, which is more than a heap of 16 MiB does.
  private Path tooLarge() throws IOException {
    var manifest = new StringBuilder();
    for (int i = 0; i < 18_000; i++) {
      manifest.append(service(i));
    }
    return Files.writeString(directory.resolve("large.yaml"), manifest);
  }

  private static String service(int number) {
    return """
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web-%1$d, namespace: shop}
    spec: {clusterIP: "fd00::%1$x", ports: [{port: 80}]}
    """
        .formatted(number);
  }

  /// Whoever supervises the process starts it again; whoever reads its log learns what helps.
  @Test
  void saysWhatToDoWhereTheClusterDoesNotFit() throws Exception {
    Path large = tooLarge();
    Map<String, String> small = Map.of("CLUSTERZONE_JAVA_OPTS", "-Xmx16m");
    Process server =
        start(small, "serve", "--manifests", large.toString(), "--listen", "127.0.0.1:0");
    assertThat(exitOf(server)).as(output()).isEqualTo(3);
    assertThat(output()).contains("clusterzone: out of memory: raise the limit of the container");
  }

  @Test
  void takesOptionsForItsRuntimeFromTheEnvironment() throws Exception {
    var builder = new ProcessBuilder(linkToLink.toString(), "version").redirectErrorStream(true);
    builder.environment().put("CLUSTERZONE_JAVA_OPTS", "-showversion -Xmx40m");
    Process process = builder.redirectOutput(out.toFile()).start();
    assertThat(exitOf(process)).isZero();
    assertThat(output()).contains("openjdk version \"25");
  }
}
