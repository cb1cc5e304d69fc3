package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;

/// The comments of `deploy/example` are true: each `dig` line is asked and prints what they say.
final class ExampleTest {
  private static final Path EXAMPLE = Path.of("../deploy/example");
  private static final List<ListenAddress> LISTENERS =
      List.of(new ListenAddress(List.of(InetAddress.getLoopbackAddress()), 0));

  private static Server server;

  @BeforeAll
  static void start() throws InterruptedException {
    server =
        Server.start(
            ImpliedCorefile.ofManifests(
                List.of(EXAMPLE), new MadeFlags().options(), List.of(), LISTENERS));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<DigLine> digLines() throws IOException {
    return DigLine.in(EXAMPLE).stream();
  }

  @Test
  void hasDigLinesInEveryFile() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      assertThat(digLines().map(line -> line.place().replaceFirst(":.*", "")).distinct())
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("digLines")
  void printsWhatTheCommentSays(DigLine line) throws IOException {
    Message reply = new SimpleResolver(server.addresses().getFirst()).send(line.query());
    assertThat(DigLine.printed(reply))
        .as(line.place())
        .containsExactlyInAnyOrderElementsOf(line.expected());
  }
}
