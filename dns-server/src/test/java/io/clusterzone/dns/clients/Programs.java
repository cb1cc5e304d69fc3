package io.clusterzone.dns.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Other people's programs on this machine.
public final class Programs {
  private static final int LIMIT_SECONDS = 60;

  private Programs() {}

  /// The output and the exit code of a program.
  public record Run(int code, String out) {
    public List<String> lines() {
      return out.lines().toList();
    }
  }

  /// Whether the search path has all of them.
  public static boolean present(String... names) {
    return Stream.of(names).allMatch(Programs::present);
  }

  private static boolean present(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }

  /// Runs a program to its end, both outputs taken as one.
  public static Run run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("clusterzone-run", ".out");
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(out.toFile()).environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("no end within " + LIMIT_SECONDS + " s: " + command);
      }
      return new Run(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
    }
  }
}
