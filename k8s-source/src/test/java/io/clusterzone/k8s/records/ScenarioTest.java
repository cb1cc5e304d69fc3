package io.clusterzone.k8s.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the files of `src/test/resources/scenarios`; see [Scenario] for their form.
class ScenarioTest {
  private static final String TITLE = "== ";

  @TestFactory
  Stream<DynamicContainer> scenarios() throws IOException, URISyntaxException {
    Path directory =
        Path.of(Objects.requireNonNull(ScenarioTest.class.getResource("/scenarios")).toURI());
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList().stream().map(ScenarioTest::container);
    }
  }

  private static DynamicContainer container(Path file) {
    return DynamicContainer.dynamicContainer(
        file.getFileName().toString(), file.toUri(), read(file).stream().map(ScenarioTest::test));
  }

  private static DynamicTest test(Scenario scenario) {
    return DynamicTest.dynamicTest(
        scenario.title(), () -> assertThat(scenario.failures()).isEmpty());
  }

  private static List<Scenario> read(Path file) {
    List<String> lines = lines(file);
    List<Scenario> scenarios = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= lines.size(); i++) {
      if (i == lines.size() || lines.get(i).startsWith(TITLE)) {
        if (start >= 0) {
          String title = lines.get(start).substring(TITLE.length());
          scenarios.add(new Scenario(title, lines.subList(start + 1, i), start + 2));
        }
        start = i;
      }
    }
    return scenarios;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
