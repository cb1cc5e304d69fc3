package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.clients.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The unit for a host, against what the server is and needs there.
final class SystemdUnitTest {
  private static final Path UNIT = Chart.DEPLOY.resolve("systemd/clusterzone.service");

  private static List<String> lines() throws IOException {
    return Files.readAllLines(UNIT);
  }

  @Test
  void startsTheImageAndReloadsIt() throws IOException {
    assertThat(Path.of("src/image/bin/clusterzone")).exists();
    assertThat(lines())
        .contains(
            "ExecStart=/opt/clusterzone/bin/clusterzone -conf /etc/clusterzone/Corefile",
            "ExecReload=/bin/kill -USR1 $MAINPID");
  }

  /// Port 53 without root, and nothing else; the JIT compiler writes what it executes, and the
  /// runtime reads limits in `/proc`.
  @Test
  void leavesTheServerWhatItNeeds() throws IOException {
    assertThat(lines())
        .contains(
            "DynamicUser=yes",
            "AmbientCapabilities=CAP_NET_BIND_SERVICE",
            "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
            "StateDirectory=clusterzone")
        .noneMatch(line -> line.startsWith("MemoryDenyWriteExecute=yes"))
        .noneMatch(line -> line.startsWith("ProcSubset=pid"));
  }

  /// 0 is a unit that may do nothing, 10 one without a limit.
  @Test
  void isExposedLittleByTheMeasureOfSystemd() throws Exception {
    Assumptions.assumeTrue(Programs.present("systemd-analyze"), "systemd is not installed");
    String told =
        Tool.run(
            "systemd-analyze",
            "security",
            "--offline=true",
            "--no-pager",
            "--threshold=20",
            UNIT.toString());
    assertThat(told).contains("Overall exposure level");
  }
}
