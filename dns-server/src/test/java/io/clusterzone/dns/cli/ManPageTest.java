package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.clients.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The manual page is what the commands say of themselves; `-Dman.page=write` writes it again.
final class ManPageTest {
  private static final Path PAGE = Path.of("../deploy/man/clusterzone.1");

  @Test
  void isMadeOfTheHelpOfTheCommands() throws IOException {
    String page = ManPage.of(Commands.commandLine());
    if (Objects.equals(System.getProperty("man.page"), "write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).as("run with -Dman.page=write").isEqualTo(page);
    assertThat(page)
        .contains(".SS clusterzone serve\n", ".B \\-\\-manifests PATH\n", ".SS clusterzone rbac\n")
        .doesNotContain("@|", "%n");
  }

  @Test
  void isReadByManWithoutAWarning() throws Exception {
    Assumptions.assumeTrue(Programs.present("groff"), "groff is not installed");
    Programs.Run run =
        Programs.run(List.of("groff", "-man", "-ww", "-Tutf8", "-z", PAGE.toString()), Map.of());
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isZero();
  }
}
