package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.hosts.HostsFollower;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which server blocks stay as event loops know them when another Corefile comes.
final class ListenersTest {
  private static final String HOSTS = "h.example {\n hosts {\n  192.0.2.1 a.h.example\n }\n}\n";
  private static final String FIRST =
      "a.example {\n whoami\n}\nb.example {\n errors {\n  consolidate 5m x debug\n }\n}\n" + HOSTS;

  @TempDir Path directory;

  private Corefile corefile = new Corefile(List.of());
  private HostsFollower follower = new HostsFollower(_ -> {});
  private Wiring wiring = Wiring.none();
  private Listeners listeners = Listeners.none();

  /// The zones of the blocks that stay when this comes.
  private List<String> stay(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("Corefile"), text);
    corefile = CorefileParser.read(file, ParseOptions.ofProcess(), corefile).legible();
    Wiring next = new Wiring(corefile, Clusters.NONE, follower, Forwardings.NONE, Shadowings.NONE);
    Set<io.clusterzone.dns.query.ServerBlock> blocks =
        Collections.newSetFromMap(new IdentityHashMap<>());
    listeners.served().forEach(served -> blocks.add(served.block()));
    listeners = new Listeners(corefile, new QueryBlocks(next, wiring), listeners);
    wiring = next;
    return listeners.served().stream()
        .filter(served -> blocks.contains(served.block()))
        .map(served -> served.block().zone().toString())
        .toList();
  }

  @Test
  void allButTheOneThatChangesStay() throws Exception {
    assertThat(stay(FIRST)).isEmpty();
    assertThat(stay(FIRST)).containsExactly("a.example.", "b.example.", "h.example.");
    assertThat(stay("c.example {\n}\n" + FIRST.replace("whoami", "any")))
        .containsExactly("b.example.", "h.example.");
  }

  /// Whether messages of level debug are written depends on every block.
  @Test
  void noneStaysWhenDebugComesOrGoes() throws Exception {
    stay(FIRST);
    assertThat(stay(FIRST + "d.example {\n debug\n}\n")).isEmpty();
    assertThat(stay(FIRST)).isEmpty();
  }

  @Test
  void noneWithHostsStaysWhenTheirFilesAreFollowedAnew() throws Exception {
    stay(FIRST);
    follower = new HostsFollower(_ -> {});
    assertThat(stay(FIRST)).containsExactly("a.example.", "b.example.");
  }
}
