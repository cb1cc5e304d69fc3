package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that serves a directory of manifests, and its log as the files change.
final class ServedManifestsTest {
  @TempDir Path directory;

  private String output() throws IOException {
    return Files.readString(directory.resolve("out"));
  }

  @Test
  void tellsOfAFileThatWasTakenAndOfTheNames() throws Exception {
    Path file = directory.resolve("m/web.yaml");
    Files.createDirectories(file.getParent());
    String web = DumpCommandTest.service("web", "10.96.0.1");
    Files.writeString(file, web);
    Process process =
        new ProcessBuilder(
                ServedProcess.command(
                    List.of(),
                    "serve",
                    "--manifests",
                    directory.resolve("m").toString(),
                    "--listen",
                    "127.0.0.1:" + FreePorts.next()))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    try {
      await()
          .atMost(ServedProcess.LIMIT)
          .until(() -> output().contains("listening") || !process.isAlive());
      assertThat(output()).doesNotContain("changed");
      Files.writeString(file, web + "---\n" + DumpCommandTest.service("late", "10.96.0.2"));
      await()
          .atMost(ServedProcess.LIMIT)
          .until(() -> output().contains("published: ") || !process.isAlive());
      assertThat(output())
          .contains("manifests: " + file + " changed: 1 object\n")
          .contains("published: cluster.local. (1 name changed), in-addr.arpa. (1 name changed)\n");
    } finally {
      process.destroyForcibly();
    }
  }
}
