package io.clusterzone.dns.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/// The program as a process of its own, from the class path of the tests.
final class ServedProcess {
  static final Duration LIMIT = Duration.ofSeconds(30);

  private ServedProcess() {}

  /// The command that starts it. `classes` come before all others.
  static List<String> command(List<Path> classes, String... arguments) {
    List<String> path = new ArrayList<>();
    classes.forEach(directory -> path.add(directory.toString()));
    path.add(System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(System.getProperty("path.separator"), path),
                Clusterzone.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// The same command behind a line of shell, in which `"$@"` stands for it.
  static List<String> shell(String line, List<String> command) {
    List<String> all = new ArrayList<>(List.of("sh", "-c", line, "sh"));
    all.addAll(command);
    return all;
  }

  static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /// Its exit code, or -1 if it goes on.
  static int exitWithin(Process process, Duration patience) throws InterruptedException {
    boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    return ended ? process.exitValue() : -1;
  }

  static Message ask(int port, String name, int type, int dclass) throws IOException {
    var resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    resolver.setTimeout(Duration.ofSeconds(10));
    resolver.setEDNS(0);
    Record question = Record.newRecord(Name.fromConstantString(name), type, dclass);
    return resolver.send(Message.newQuery(question));
  }

  /// The RDATA of the first record of the answer; empty if there is none or no reply.
  static String answer(int port, String name, int type, int dclass) {
    try {
      List<Record> answer = ask(port, name, type, dclass).getSection(Section.ANSWER);
      return answer.isEmpty() ? "" : answer.getFirst().rdataToString().replace("\"", "");
    } catch (IOException _) {
      return "";
    }
  }

  static int status(int port, String path) throws IOException {
    HttpURLConnection connection = connection(port, path);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  static String page(int port, String path) throws IOException {
    HttpURLConnection connection = connection(port, path);
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      connection.disconnect();
    }
  }

  private static HttpURLConnection connection(int port, String path) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return (HttpURLConnection) address.toURL().openConnection();
  }
}
