package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckCommandTest {
  @TempDir Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void findsTheJobsServiceOfTheExampleWithoutPods() {
    CommandRun run = CommandRun.of("check", "../deploy/example");
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .hasSize(2)
        .endsWith("22 objects in 10 files; 1 warning")
        .first()
        .asString()
        .startsWith(
            "warning: 1 headless Service has no Pods or EndpointSlices, and so no names: shop/batch; ");
  }

  @Test
  void printsEveryProblemOfAllPaths() throws IOException {
    String corefile = file("Corefile", ".:53 {\n  kubernets\n}\n");
    String bad = file("bad.yaml", DumpCommandTest.service("bad", "10.96.0.256"));
    String broken = file("broken.yml", "a: [1\n");
    CommandRun run = CommandRun.of("check", corefile, bad, broken);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines())
        .hasSize(4)
        .endsWith("1 block, 0 directives; 0 objects in 2 files; 3 errors")
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
    assertThat(run.out().lines())
        .first()
        .asString()
        .contains("10.96.0.1", "one", "error:", "[CZ0205]");
  }

  /// As `serve` would meet them: a Corefile makes nothing up unless it says so.
  @ParameterizedTest
  @CsvSource({
    "manifests, 1 Service has no address",
    "service_cidr 10.0.0.0/24, 1 object in 1 file; no problems",
    "service_cidr fd00::/112, 1 object in 1 file; no problems"
  })
  void checksTheManifestsOfACorefileWithItsOwnRanges(String option, String part)
      throws IOException {
    String web =
        file(
            "web.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n");
    String line = option.equals("manifests") ? "" : option;
    String corefile =
        file(
            "Corefile",
            ".:53 {\n  kubernetes cluster.local {\n    manifests %s\n    %s\n  }\n}\n"
                .formatted(web, line));
    assertThat(CommandRun.of("check", corefile).out()).contains(part);
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

  @Test
  void warningsFailOnlyWhereTheyAreToBeStrict() throws IOException {
    String twice = DumpCommandTest.service("web", "10.96.0.1");
    file("a.yaml", twice);
    file("b.yaml", twice);
    String path = directory.toString();
    CommandRun run = CommandRun.of("check", path);
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("warning: Service") && line.endsWith("[CZ0221]"))
        .endsWith("2 objects in 2 files; 1 warning");
    assertThat(CommandRun.of("check", "--strict", path).code()).isEqualTo(1);
  }

  @Test
  void saysInOneLineWhatIsNoObject() throws IOException {
    file("values.yaml", "replicas: 1\n");
    file("dashboard.json", "{\"panels\": []}\n");
    CommandRun run = CommandRun.of("check", "--strict", directory.toString());
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("note: 2 files hold something else than Kubernetes objects: ")
        .contains("values.yaml", "dashboard.json");
  }

  @Test
  void writesForOtherPrograms() throws IOException {
    String bad = file("bad.yaml", DumpCommandTest.service("bad", "10.96.0.256"));
    assertThat(CommandRun.of("check", "--output", "json", bad).out())
        .contains("\"code\": \"CZ0203\"", "\"line\": 5");
    assertThat(CommandRun.of("check", "--output", "sarif", bad).out())
        .contains("\"version\": \"2.1.0\"", "\"ruleId\": \"CZ0203\"");
    assertThat(CommandRun.of("check", "--output", "xml", bad).code()).isEqualTo(2);
  }
}
