package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.ops.MetricText;
import io.clusterzone.dns.shadow.Shadowing;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The directive `shadow` from one Corefile to the next.
final class ShadowReloadTest {
  private static Corefile corefile(String blocks) {
    return CorefileFile.good(
        CorefileParser.read("Corefile", blocks, ParseOptions.ofProcess()).result());
  }

  private static String block(String zone, String directive) {
    return zone + ":0 {\n bind 127.0.0.1\n whoami\n " + directive + "\n}\n";
  }

  private static List<Shadowing> all(Server server) {
    return List.copyOf(server.wiring().shadowings().all());
  }

  private static String metrics(Server server) {
    var text = new MetricText();
    server.metrics().shadows.writeTo(text);
    return text.toString();
  }

  @Test
  void equalDirectivesAreOneAndGoOn() throws Exception {
    Set<Thread> others = threads();
    String first = "shadow 127.0.0.1:9 { \n keep 5 \n }";
    try (Server server = Servers.start(corefile(block("a", first) + block("b", first)))) {
      Shadowing before = all(server).getFirst();
      assertThat(all(server)).hasSize(1);
      server.change(corefile(block("a", first) + block("c", "shadow 127.0.0.1:10")));
      assertThat(all(server)).hasSize(2).contains(before);
      assertThat(metrics(server)).contains("to=\"127.0.0.1:9\"").contains("to=\"127.0.0.1:10\"");
      server.change(corefile(block("a", "shadow 127.0.0.1:9 { \n keep 6 \n }")));
      assertThat(all(server)).hasSize(1).doesNotContain(before);
      assertThat(metrics(server)).doesNotContain("to=\"127.0.0.1:10\"");
      server.change(corefile(block("a", "")));
      assertThat(all(server)).isEmpty();
      assertThat(metrics(server)).doesNotContain("to=");
      assertThat(others).containsAll(threads());
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("shadow"))
        .collect(Collectors.toSet());
  }
}
