package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--render` with programs on the PATH that print what kubectl and helm would.
final class RenderTest {
  @TempDir Path directory;

  private Path programs;
  private Path manifests;

  @BeforeEach
  void write() throws IOException {
    programs = Files.createDirectory(directory.resolve("bin"));
    manifests = Files.createDirectory(directory.resolve("m"));
    Files.writeString(
        manifests.resolve("plain.yaml"), DumpCommandTest.service("plain", "10.0.0.1"));
    for (String marker : List.of("prod/kustomization.yaml", "chart/Chart.yaml")) {
      Path file = manifests.resolve(marker);
      Files.createDirectory(file.getParent());
      Files.writeString(file, "{}");
    }
  }

  private void program(String name, String line) throws IOException {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// What a command of a process of its own prints, with no other programs on its PATH.
  private String run(String... arguments) throws Exception {
    var builder = new ProcessBuilder(ServedProcess.command(List.of(), arguments));
    builder.environment().put("PATH", programs.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = process.inputReader().readAllAsString();
    assertThat(process.waitFor()).as(said).isIn(0, 1);
    return said;
  }

  @Test
  void runsNothingUnasked() throws Exception {
    program("kubectl", "echo ran > " + directory + "/ran");
    program("helm", "echo ran > " + directory + "/ran");
    assertThat(run("dump", "--manifests", manifests.toString()))
        .contains("plain.shop.svc.cluster.local. 5 IN A 10.0.0.1")
        .contains("directory is a kustomization", "directory is a Helm chart", "use --render, or");
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  @Test
  void rendersWhenItIsAsked() throws Exception {
    String text = DumpCommandTest.service("$1", "10.0.0.%d");
    program("kubectl", "[ $2 = " + manifests + "/prod ] && echo \"" + text.formatted(2) + "\"");
    program("helm", "[ $3 = " + manifests + "/chart ] && echo \"" + text.formatted(3) + "\"");
    assertThat(run("dump", "--render", "--manifests", manifests.toString()))
        .contains("plain.shop.svc.cluster.local. 5 IN A 10.0.0.1")
        .contains("kustomize.shop.svc.cluster.local. 5 IN A 10.0.0.2")
        .contains("template.shop.svc.cluster.local. 5 IN A 10.0.0.3")
        .doesNotContain("[CZ");
  }

  @Test
  void namesTheCommandThatIsMissingAndTheOneThatFailed() throws Exception {
    program("kubectl", "echo no such base >&2; exit 7");
    assertThat(run("check", "--render", manifests.toString()))
        .contains(
            "%1$s/prod: error: not rendered: `kubectl kustomize %1$s/prod` ended with exit code 7: no such base"
                .formatted(manifests))
        .contains("chart: error: not rendered: `helm template chart", "is helm installed")
        .contains("[CZ0209]")
        .contains("2 errors");
  }
}
