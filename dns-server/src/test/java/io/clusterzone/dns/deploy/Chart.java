package io.clusterzone.dns.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The chart of `deploy/chart`, as Helm renders it. Helm is a native library, which not every
/// platform has: where it is missing, tests are skipped, but not where all clients must be there.
public final class Chart {
  public static final Path DEPLOY = Path.of("../deploy");
  public static final Path VALUES = Path.of("src/test/resources/chart");

  private static final Path DIRECTORY = DEPLOY.resolve("chart");
  private static final Map<Path, List<Map<String, Object>>> RENDERED = new ConcurrentHashMap<>();

  private Chart() {}

  /// Every values file of the tests.
  public static List<Path> valuesFiles() throws IOException {
    try (Stream<Path> files = Files.list(VALUES)) {
      return files.sorted().toList();
    }
  }

  /// The objects that are made of a values file, of a release `dns` in kube-system.
  public static List<Map<String, Object>> objects(Path values) {
    return RENDERED.computeIfAbsent(values, file -> parse(text(file)));
  }

  /// What Helm prints for a values file.
  ///
  /// @throws IllegalStateException with its message
  public static String text(Path values) {
    return render("dns", "kube-system", values);
  }

  static String render(String release, String namespace, Path values) {
    TemplateCommand command =
        helm().template().withName(release).withNamespace(namespace).withValuesFile(values);
    return Objects.requireNonNullElse(command.call(), "");
  }

  static LintResult lint() {
    return helm().lint().strict().call();
  }

  /// The documents of YAML, where a repeated key is an error.
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> parse(String yaml) {
    var loader = new Load(LoadSettings.builder().build());
    Stream.Builder<Map<String, Object>> objects = Stream.builder();
    loader
        .loadAllFromString(yaml)
        .forEach(document -> {
          if (document != null) {
            objects.add((Map<String, Object>) document);
          }
        });
    return objects.build().toList();
  }

  private static Helm helm() {
    try {
      return new Helm(DIRECTORY);
    } catch (LinkageError | IllegalStateException e) {
      Assumptions.assumeTrue(Tool.ALL, "no Helm for this platform: " + e.getMessage());
      throw e;
    }
  }
}
