package io.clusterzone.dns.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.List;

/// The fake API server of `k8s-source`'s tests with a large cluster, in a process of its own; run
/// from the directory of `dns-server`. What it understands stands at its class.
final class FakeApi implements AutoCloseable {
  private static final String MAIN = "io.clusterzone.k8s.api.FakeApiProcess";

  private final Process process;
  private final BufferedWriter commands;
  private final String url;

  private FakeApi(Process process) throws IOException {
    this.process = process;
    this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    this.url =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
  }

  static FakeApi start(int services) throws IOException {
    String classes =
        String.join(
            File.pathSeparator,
            List.of("../k8s-source/target/test-classes", System.getProperty("java.class.path")));
    return new FakeApi(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+UseSerialGC",
                "-cp",
                classes,
                MAIN,
                Integer.toString(services))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  String url() {
    return url;
  }

  void tell(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
