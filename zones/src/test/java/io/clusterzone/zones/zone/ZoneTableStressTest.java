package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs [ZoneTableStress] for about two seconds, in JVMs that jcstress starts.
final class ZoneTableStressTest {
  private static final List<String> ARGUMENTS =
      List.of(
          "-t",
          ZoneTableStress.class.getSimpleName() + "$",
          "-m",
          "quick",
          "-iters",
          "4",
          "-time",
          "500", // milliseconds
          "-strideSize",
          "64",
          "-strideCount",
          "10",
          "-sc",
          "false",
          "-pth",
          "false",
          "-jvmArgs",
          "-XX:+UseSerialGC",
          "-v");

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void readersSeeZonesOfOneMoment(@TempDir Path directory) throws Exception {
    String output = runStress(directory);

    assertThat(output)
        .contains("(Results: 1 planned; 1 passed, 0 failed, 0 soft errs, 0 hard errs)")
        .containsPattern(" 1, 1 +[1-9]")
        .containsPattern(" 2, 2 +[1-9]");
  }

  private static String runStress(Path directory) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(ARGUMENTS);
    command.addAll(List.of("-r", directory.toString()));
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int exitCode = process.waitFor();
      String output = Files.readString(log);
      assertThat(exitCode).as(output).isZero();
      return output;
    } finally {
      process.destroy();
    }
  }
}
