package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.deploy.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RbacCommandTest {
  private static final Pattern RESOURCE = Pattern.compile("resources: \\[(.*)]");

  @TempDir Path directory;

  /// Lines of the directives are apart by semicolons.
  private CommandRun run(String directives, String... options) throws IOException {
    Path corefile =
        Files.writeString(
            directory.resolve("Corefile"), ".:53 {\n" + directives.replace(" ; ", "\n") + "\n}\n");
    String[] all = new String[options.length + 3];
    all[0] = "rbac";
    all[1] = "--conf";
    all[2] = corefile.toString();
    System.arraycopy(options, 0, all, 3, options.length);
    return CommandRun.of(all);
  }

  /// A role as lines of its groups and resources.
  private static List<String> rules(List<Map<String, Object>> objects) {
    return objects.stream()
        .filter(object -> Objects.equals(object.get("kind"), "ClusterRole"))
        .flatMap(object -> ((List<?>) Objects.requireNonNull(object.get("rules"))).stream())
        .map(Object::toString)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kubernetes cluster.local | namespaces, services + endpointslices",
        "kubernetes cluster.local { ; pods insecure ; } | namespaces, services + endpointslices",
        "kubernetes cluster.local { ; pods verified ; } | namespaces, pods, services + endpointslices",
        "kubernetes cluster.local { ; noendpoints ; } | namespaces, services",
        "kubernetes a b { ; multicluster b ; } | namespaces, services + endpointslices + serviceimports",
      })
  void allowsWhatTheDirectiveWatches(String directive, String resources) throws IOException {
    CommandRun run = run(directive);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(rules(Chart.parse(run.out())))
        .allMatch(rule -> rule.endsWith("verbs=[list, watch]}"));
    assertThat(RESOURCE.matcher(run.out()).results().map(found -> found.group(1)))
        .containsExactly(resources.split(" \\+ ", -1));
  }

  /// The file is for those who have no server to ask.
  @Test
  void printsWhatTheFileInDeployHas() throws IOException {
    Path file = Chart.DEPLOY.resolve("rbac.yaml");
    CommandRun run = run("kubernetes cluster.local in-addr.arpa ip6.arpa");
    assertThat(Chart.parse(run.out())).isEqualTo(Chart.parse(Files.readString(file)));
  }

  @Test
  void namesTheObjectsAsAsked() throws IOException {
    CommandRun run = run("kubernetes cluster.local", "--name", "dns", "--namespace", "edge");
    assertThat(run.out())
        .contains("name: dns\n", "namespace: edge\n")
        .doesNotContain("kube-system");
  }

  static List<Path> charts() throws IOException {
    return Chart.valuesFiles();
  }

  /// The chart reads directives with regular expressions; the server has a parser for them.
  @ParameterizedTest
  @MethodSource("charts")
  void printsTheRoleThatTheChartMakes(Path values) throws IOException {
    List<Map<String, Object>> objects = Chart.objects(values);
    String corefile =
        objects.stream()
            .filter(object -> Objects.equals(object.get("kind"), "ConfigMap"))
            .map(object -> (Map<?, ?>) Objects.requireNonNull(object.get("data")))
            .filter(data -> data.containsKey("Corefile"))
            .map(data -> String.valueOf(data.get("Corefile")))
            .findFirst()
            .orElse("");
    List<String> given = rules(objects);
    if (!corefile.contains("kubernetes") || given.isEmpty()) {
      assertThat(values.getFileName().toString())
          .isIn("bare.yaml", "documented.yaml", "outside.yaml");
      return;
    }
    Path file = Files.writeString(directory.resolve("Corefile"), corefile);
    List<String> needed =
        rules(Chart.parse(CommandRun.of("rbac", "--conf", file.toString()).out()));
    assertThat(given.stream().filter(rule -> !rule.contains("resources=[nodes]")))
        .isNotEmpty()
        .containsExactlyElementsOf(needed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whoami | | 1 | no directive kubernetes",
        "kubernetes cluster.local { ; manifests . ; } | | 1 | so it needs no rights",
        "kubernets cluster.local | | 1 | kubernetes",
        "kubernetes cluster.local | --name=A_B | 2 | --name takes lower-case letters",
        "kubernetes cluster.local | --namespace=-a | 2 | --namespace takes lower-case letters",
      })
  void saysWhyThereIsNothingToPrint(
      String directive, @Nullable String option, int code, String part) throws IOException {
    CommandRun run = option == null ? run(directive) : run(directive, option);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).singleElement().asString().contains(part);
  }
}
