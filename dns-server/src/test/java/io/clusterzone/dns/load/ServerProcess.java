package io.clusterzone.dns.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The image that the build leaves, serving a Corefile. What it writes lies beside the Corefile.
final class ServerProcess implements AutoCloseable {
  private static final Path LAUNCHER = Path.of("target/clusterzone/bin/clusterzone");
  private static final Path JCMD = Path.of("target/clusterzone/runtime/bin/jcmd");
  private static final int TIMEOUT_MILLIS = 2000;

  private final ServerPorts ports;
  private final Path corefile;
  private final Path log;
  private final Process process;

  private ServerProcess(ServerPorts ports, Path corefile, Path log, Process process) {
    this.ports = ports;
    this.corefile = corefile;
    this.log = log;
    this.process = process;
  }

  /// @param directory of the Corefile and the log, named after the port
  /// @param javaOptions for the image's runtime
  /// @param pin words that come before the command, of `taskset` for one; may be empty
  static ServerProcess start(
      Path directory, ServerPorts ports, String corefile, String javaOptions, List<String> pin)
      throws IOException {
    Path log = log(directory, ports);
    ProcessBuilder builder = builder(directory, ports, corefile, javaOptions, pin);
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    return new ServerProcess(ports, corefile(directory, ports), log, builder.start());
  }

  /// Serves in another way than by the image's launcher.
  ///
  /// @param starting the words that come before `-conf`
  static ServerProcess start(
      Path directory, ServerPorts ports, String corefile, List<String> starting)
      throws IOException {
    Path log = log(directory, ports);
    Path file = Files.writeString(corefile(directory, ports), corefile);
    List<String> command = new ArrayList<>(starting);
    command.addAll(List.of("-conf", file.toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = builder.redirectOutput(Redirect.appendTo(log.toFile())).start();
    return new ServerProcess(ports, file, log, process);
  }

  /// By the launcher, with its output in pipes.
  static ServerProcess startPiped(
      Path directory, ServerPorts ports, String corefile, String javaOptions, List<String> pin)
      throws IOException {
    Process process = builder(directory, ports, corefile, javaOptions, pin).start();
    return new ServerProcess(ports, corefile(directory, ports), log(directory, ports), process);
  }

  private static Path log(Path directory, ServerPorts ports) {
    return directory.resolve("log-" + ports.dns());
  }

  private static Path corefile(Path directory, ServerPorts ports) {
    return directory.resolve("Corefile-" + ports.dns());
  }

  private static ProcessBuilder builder(
      Path directory, ServerPorts ports, String corefile, String javaOptions, List<String> pin)
      throws IOException {
    if (!Files.exists(LAUNCHER)) {
      throw new IOException("no image at " + LAUNCHER.toAbsolutePath() + ": run mvn package first");
    }
    Path file = corefile(directory, ports);
    Files.writeString(file, corefile);
    List<String> command = new ArrayList<>(pin);
    command.addAll(List.of(LAUNCHER.toString(), "-conf", file.toString()));
    var builder = new ProcessBuilder(command);
    builder.environment().put("CLUSTERZONE_JAVA_OPTS", javaOptions);
    return builder;
  }

  /// Begins to read what a process started with [#startPiped] prints, into its log.
  UnreadOutput readOutput() {
    return UnreadOutput.of(process, log);
  }

  ServerPorts ports() {
    return ports;
  }

  Path corefile() {
    return corefile;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessFigures figures() {
    return ProcessFigures.of(process.pid());
  }

  /// What the heap holds after a full collection.
  long liveHeapBytes() throws IOException {
    jcmd("GC.run");
    return jcmd("GC.heap_info")
        .lines()
        .filter(line -> line.contains(" total "))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K.*", "$1")) << 10)
        .sum();
  }

  private String jcmd(String command) throws IOException {
    var jcmd =
        new ProcessBuilder(JCMD.toString(), Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
  }

  /// Whether `/ready` says so; false as well if nobody answers.
  boolean isReady() {
    try {
      return open(ports.ready(), "/ready").getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  /// @throws IOException if the process ended, or took longer
  void awaitReady(int seconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!isReady()) {
      if (!isAlive() || System.nanoTime() - end > 0) {
        throw new IOException("the server did not become ready; its log is beside " + corefile);
      }
      Thread.sleep(5);
    }
  }

  /// The sum of a metric over its labels; those that hold `labels` alone.
  double metric(String name, String labels) throws IOException {
    String page =
        new String(open(ports.metrics(), "/metrics").getInputStream().readAllBytes(), UTF_8);
    return page.lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .filter(line -> line.contains(labels))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /// How many lines of the log hold these words.
  long logged(String words) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(words)).count();
    }
  }

  private static HttpURLConnection open(int port, String path) throws IOException {
    var connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    return connection;
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /// The exit code, once the process has ended.
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
