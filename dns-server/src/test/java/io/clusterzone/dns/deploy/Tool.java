package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.clients.Programs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/// A program of other people that a test runs where it is installed, and must find where all
/// clients have to be there.
final class Tool {
  static final boolean ALL = Objects.equals(System.getenv("CLUSTERZONE_CLIENTS"), "all");

  private Tool() {}

  /// Skips the test if the program is not there and need not be.
  static void need(String program) {
    Assumptions.assumeTrue(ALL || Programs.present(program), program + " is not installed");
    assertThat(Programs.present(program)).as(program + " is installed").isTrue();
  }

  /// What it prints on both outputs; it has to end with zero.
  static String run(String... command) throws IOException, InterruptedException {
    Programs.Run run = Programs.run(List.of(command), Map.of());
    assertThat(run.code()).as(run.out()).isZero();
    return run.out();
  }
}
