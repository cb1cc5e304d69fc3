package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs that render: right ones, failing ones, and those without end.
final class RenderingTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static List<String> shell(String line) {
    return List.of("sh", "-c", line);
  }

  @Test
  void givesTheOutputFromTheBeginningEachTime() throws IOException {
    try (var rendering = Rendering.run(shell("echo a; echo b >&2; cat"), LONG, 100)) {
      for (int i = 0; i < 2; i++) {
        try (InputStream in = rendering.open()) {
          assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("a\n");
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          echo one >&2; echo >&2; seq 2 9 >&2; exit 3 | ended with exit code 3: one / 2 / 3
          exit 1 | ended with exit code 1: it says nothing on its error output
          while :; do echo too much; done | printed more than 1,000 octets, and was ended
          while :; do echo too much >&2; done | printed more than 1,000 octets, and was ended
          """)
  void namesTheCommandThatFailedAndWhatItSaid(String line, String fault) {
    assertThatThrownBy(() -> Rendering.run(shell(line), LONG, 1_000).close())
        .hasMessage("`sh -c %s` %s".formatted(line, fault));
  }

  @Test
  void endsAProgramThatTakesTooLong() {
    assertThatThrownBy(
            () -> Rendering.run(shell("sleep 61 & wait"), Duration.ofMillis(1), 1).close())
        .hasMessageContaining("took more than 0 s, and was ended");
  }

  @Test
  void namesAProgramThatIsNotThere() {
    assertThatThrownBy(() -> Rendering.run(List.of("no-such-helm", "template"), LONG, 1).close())
        .hasMessageContaining(
            "`no-such-helm template` cannot be run; is no-such-helm installed, and on the PATH?");
  }

  @Test
  void aReleaseIsNamedAfterItsDirectory() {
    assertThat(RenderedDirectory.CHART.command(Path.of("a/shop"), "prod"))
        .containsExactly("helm", "template", "shop", "a/shop", "--namespace", "prod");
    assertThat(RenderedDirectory.CHART.command(Path.of("My_Shop"), "x")).contains("release");
    assertThat(RenderedDirectory.KUSTOMIZATION.command(Path.of("-x"), "x"))
        .containsExactly("kubectl", "kustomize", "./-x");
    assertThat(RenderedDirectory.KUSTOMIZATION.command(Path.of(""), "x")).endsWith(".");
  }
}
