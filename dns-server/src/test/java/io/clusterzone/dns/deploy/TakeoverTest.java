package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.clients.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `deploy/takeover.sh` in a cluster that a fake `kubectl` and a fake `dig` keep in a directory.
final class TakeoverTest {
  private static final Path SCRIPT = Chart.DEPLOY.resolve("takeover.sh");
  private static final Path FAKES = Path.of("src/test/resources/takeover");
  private static final String OLD = "{\"k8s-app\":\"kube-dns\"}";
  private static final String NEW = "{\"app\":\"clusterzone\"}";

  @TempDir Path cluster;

  @BeforeEach
  void startWithTheOldServer() throws IOException {
    Files.writeString(cluster.resolve("selector"), OLD);
    Files.writeString(cluster.resolve("image"), "coredns:1.13.1");
    for (String file : List.of("service-mark", "image-mark", "changes", "digs")) {
      Files.createFile(cluster.resolve(file));
    }
  }

  private Programs.Run run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString(), "--wait", "1"));
    command.addAll(List.of(options));
    String path = FAKES.toAbsolutePath() + ":" + Objects.requireNonNull(System.getenv("PATH"));
    return Programs.run(command, Map.of("PATH", path, "CLUSTER", cluster.toString()));
  }

  private String file(String name) throws IOException {
    return Files.readString(cluster.resolve(name));
  }

  private void note(String name) throws IOException {
    Files.createFile(cluster.resolve(name));
  }

  @Test
  void changesNothingUnlessTold() throws Exception {
    for (String mode : List.of("selector", "image")) {
      Programs.Run run = run("--mode", mode, "--image", "clusterzone:1");
      assertThat(run.code()).as(run.out()).isZero();
      assertThat(run.out()).contains("3 names", "+ kubectl", "Nothing was changed");
      assertThat(file("changes").lines().filter(line -> !line.startsWith("rollout"))).isEmpty();
      assertThat(file("digs")).isEmpty();
    }
  }

  @Test
  void leadsTheServiceToTheNewServerAndBack() throws Exception {
    note("compares");
    Programs.Run run = run("--apply");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(file("selector")).isEqualTo(NEW);
    assertThat(file("changes").lines().filter(line -> !line.startsWith("asked ")))
        .containsExactly(
            "rollout status",
            "compare 10.244.0.2 10.96.0.53",
            "mark",
            "patch [{\"op\":\"replace\",\"path\":\"/spec/selector\",\"value\":" + NEW + "}]",
            "compare 10.244.0.2 10.96.0.10");
    assertThat(file("changes")).contains("asked web.shop.svc.cluster.local A\n");
    assertThat(run("--apply").out()).contains("handed over already");
    assertThat(run("--back").out()).contains("Nothing was changed", OLD);
    assertThat(file("selector")).isEqualTo(NEW);
    assertThat(run("--back", "--apply").code()).isZero();
    assertThat(file("selector")).isEqualTo(OLD);
    assertThat(run("--back", "--apply").out()).contains("nothing to undo");
  }

  @Test
  void leavesTheServiceToAServerWhoseAnswersDiffer() throws Exception {
    note("compares");
    note("differs-10.96.0.53");
    Programs.Run run = run("--apply");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("nothing was changed");
    assertThat(file("changes")).doesNotContain("mark", "patch");
  }

  @Test
  void goesBackWhenAnswersDifferAfterwards() throws Exception {
    note("compares");
    note("differs-10.96.0.10");
    Programs.Run run = run("--apply");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("going back");
    assertThat(file("selector")).isEqualTo(OLD);
    assertThat(file("service-mark")).isEmpty();
  }

  /// Order and TTLs of the fake's answers change all the time.
  @Test
  void comparesWithDigWhereThereIsNothingBetter() throws Exception {
    Programs.Run run = run("--apply");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(file("selector")).isEqualTo(NEW);
    assertThat(file("digs").lines())
        .contains(
            "dig 10.244.0.2 db.shop.svc.cluster.local", "dig 10.96.0.53 no.svc.cluster.local");
  }

  @ParameterizedTest
  @CsvSource({"differs,192.0.2.66", "silent,nothing was changed"})
  void doesNotTakeADifferenceOrSilenceForTheSame(String fault, String told) throws Exception {
    note(fault);
    Programs.Run run = run("--apply");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains(told);
    assertThat(file("selector")).isEqualTo(OLD);
  }

  @Test
  void putsTheImageInItsPlaceAndBack() throws Exception {
    String[] options = {"--mode", "image", "--image", "mirror/clusterzone:1", "--apply"};
    Programs.Run run = run(options);
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(file("image")).isEqualTo("mirror/clusterzone:1");
    assertThat(run("--mode", "image", "--back", "--apply").code()).isZero();
    assertThat(file("image")).isEqualTo("coredns:1.13.1");
    assertThat(file("image-mark")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"differs,answers otherwise", "stuck-,going back"})
  void takesTheOldImageAgainWhenTheNewOneFails(String fault, String told) throws Exception {
    note(fault);
    Programs.Run run = run("--mode", "image", "--image", "mirror/clusterzone:1", "--apply");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains(told, "going back");
    assertThat(file("image")).isEqualTo("coredns:1.13.1");
  }

  @ParameterizedTest
  @CsvSource({
    "--mode both,--mode takes selector or image",
    "--mode image,takes --image",
    "--names 0,--names takes a number",
    "--wait soon,--wait takes seconds",
    "--service,--service takes a value",
    "--aply,unknown option --aply"
  })
  void explainsAWrongCommandLine(String options, String told) throws Exception {
    Programs.Run run = run(options.split(" ", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.lines()).singleElement().asString().contains(told);
  }

  @Test
  void hasNoFaultThatShellcheckKnows() throws Exception {
    Tool.need("shellcheck");
    Tool.run("shellcheck", SCRIPT.toString(), FAKES + "/kubectl", FAKES + "/dig");
  }
}
