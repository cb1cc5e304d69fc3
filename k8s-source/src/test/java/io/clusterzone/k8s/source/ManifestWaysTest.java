package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.source.object.ManifestOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ways for manifests to come in beside plain files: the standard input, and directories that
/// another tool renders.
final class ManifestWaysTest {
  @TempDir Path directory;

  private static ManifestCheck.Result standardInput(String text) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return ManifestCheck.check(List.of(StandardInput.PATH), MadeOptions.NONE);
    } finally {
      System.setIn(before);
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private ManifestCheck.Result check() {
    return ManifestCheck.check(List.of(directory), MadeOptions.NONE);
  }

  @Test
  void documentsListsAndJsonTextsComeFromTheStandardInput() {
    String json =
        """
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%s"},
         "spec": {"clusterIP": "10.96.0.%d", "ports": [{"port": 80}]}}
        """;
    assertThat(standardInput(json.formatted("a", 1) + json.formatted("b", 2)))
        .isEqualTo(new ManifestCheck.Result(2, 1, List.of()));
    assertThat(standardInput(Texts.service("a", "10.96.0.1") + "---\n" + Texts.service("b", "x")))
        .satisfies(read -> assertThat(read.objects()).isEqualTo(1))
        .extracting(read -> read.problems().getFirst().toString())
        .asString()
        .startsWith("standard input:17:14: clusterIP");
    assertThat(standardInput("a: [").problems().getFirst().toString())
        .startsWith("standard input:1:5: not YAML");
  }

  @Test
  void kustomizationsAndChartsAreNamedAndNotRead() throws IOException {
    write("plain.yaml", Texts.service("plain", "10.96.0.1"));
    write("shop/base/kustomization.yaml", "resources: [web.yaml]\n");
    write("shop/base/web.yaml", Texts.service("web", "10.96.0.2"));
    write("shop/overlays/prod/kustomization.yml", "resources: [../../base]\n");
    write("chart/Chart.yaml", "apiVersion: v2\nname: chart\n");
    write("chart/templates/web.yaml", "name: {{ .Values.name }}\n");

    ManifestCheck.Result read = check();

    assertThat(read.objects()).isEqualTo(1);
    assertThat(read.files()).isEqualTo(1);
    assertThat(read.problems())
        .extracting(problem -> problem.toString().replace(directory + "/", ""))
        .containsExactly(
            "chart: not read as it stands; use --render, or: helm template %s/chart | clusterzone ... --manifests -"
                .formatted(directory)
                .replace(directory + "/", ""),
            "shop/base: not read as it stands; use --render, or: kubectl kustomize shop/base |"
                + " clusterzone ... --manifests -",
            "shop/overlays/prod: not read as it stands; use --render, or: kubectl kustomize"
                + " shop/overlays/prod | clusterzone ... --manifests -");
  }

  @Test
  void aFileInARenderedDirectoryIsNotReadWhenItChanges() throws IOException {
    write("base/kustomization.yaml", "resources: [sub/web.yaml]\n");
    write("base/sub/web.yaml", Texts.service("web", "10.96.0.2"));
    var files = new ManifestFiles(List.of(directory), ManifestOptions.DEFAULT, _ -> {});
    assertThat(files.readAll()).isEmpty();

    files.examine(directory.resolve("base/sub"), 0);

    assertThat(files.hasPending()).isFalse();
  }
}
