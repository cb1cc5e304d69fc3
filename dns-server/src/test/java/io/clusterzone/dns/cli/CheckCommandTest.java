package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckCommandTest {
  @TempDir Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void findsNothingWrongWithTheExample() {
    assertThat(CommandRun.of("check", "../deploy/example"))
        .isEqualTo(new CommandRun(0, "no problems\n", ""));
  }

  @Test
  void printsEveryProblemOfAllPaths() throws IOException {
    String corefile = file("Corefile", ".:53 {\n  kubernets\n}\n");
    String bad = file("bad.yaml", DumpCommandTest.service("bad", "10.96.0.256"));
    String broken = file("broken.yml", "a: [1\n");
    CommandRun run = CommandRun.of("check", corefile, bad, broken);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith(corefile + ":2") && line.contains("kubernetes"))
        .anyMatch(line -> line.startsWith(bad + ":5:") && line.contains("10.96.0.256"))
        .anyMatch(line -> line.startsWith(broken + ":"));
  }

  @Test
  void findsTwoOwnersOfAClusterIpInDifferentFiles() throws IOException {
    String one = file("one.yaml", DumpCommandTest.service("one", "10.96.0.1"));
    String two =
        file(
            "two.json",
            """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "two"},
             "spec": {"clusterIP": "10.96.0.1", "ports": [{"port": 80}]}}
            """);
    CommandRun run = CommandRun.of("check", one, two);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines()).singleElement().asString().contains("10.96.0.1", "one");
  }

  @Test
  void checksTheManifestsOfACorefile() throws IOException {
    String bad = file("bad.yaml", DumpCommandTest.service("bad", "10.96.0.256"));
    String corefile =
        file(
            "Corefile",
            ".:53 {\n  kubernetes cluster.local {\n    manifests " + bad + "\n  }\n}\n");
    CommandRun run = CommandRun.of("check", corefile);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains(bad + ":5:");
  }
}
