package io.clusterzone.dns.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps COREFILE.md equal to the code. To write it anew: `mvn verify -pl dns-server -am
/// -Dtest=CorefileReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dcorefile.page=write`.
final class CorefileReferenceTest {
  private static final Path PAGE = Path.of("COREFILE.md");

  @Test
  void pageIsWhatTheCodeSays() throws IOException {
    if ("write".equals(System.getProperty("corefile.page"))) {
      Files.writeString(PAGE, CorefileReference.page());
    }
    assertThat(Files.readString(PAGE))
        .as("-Dcorefile.page=write writes it anew")
        .isEqualTo(CorefileReference.page());
  }

  @Test
  void everyRecordHasItsDirective() {
    assertThat(CorefileReference.directives())
        .isSorted()
        .hasSameElementsAs(
            Arrays.stream(Directive.class.getPermittedSubclasses())
                .map(kind -> kind.getSimpleName().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void directivesAreServedOrNot() {
    assertThat(DirectiveTable.NOT_SERVED)
        .doesNotContainAnyElementsOf(CorefileReference.directives());
  }

  @ParameterizedTest
  @MethodSource("io.clusterzone.dns.config.CorefileReference#directives")
  void examplesAreRight(String name) {
    Manual manual =
        DirectiveTable.SPECS.stream()
            .map(DirectiveSpec::manual)
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(Corefiles.problems(manual.example())).isEmpty();
    assertThat(manual.example()).contains("    " + name);
  }
}
