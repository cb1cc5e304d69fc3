package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.cli.ImpliedCorefile;
import io.clusterzone.dns.cli.MadeFlags;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;

/// The comments of `deploy/example` and `deploy/example-git` are true: each `dig` line is asked and
/// prints what they say.
final class ExampleTest {
  private static final List<ListenAddress> LISTENERS =
      List.of(new ListenAddress(List.of(InetAddress.getLoopbackAddress()), 0));

  enum Example {
    /// As a cluster prints its objects.
    PRINTED("../deploy/example"),
    /// The same shop as its authors write it.
    WRITTEN("../deploy/example-git/base/manifests");

    private final Path directory;

    Example(String directory) {
      this.directory = Path.of(directory);
    }

    private Message ask(DigLine line) throws IOException {
      Server server = this == PRINTED ? printed : written;
      return new SimpleResolver(server.addresses().getFirst()).send(line.query());
    }
  }

  private static Server printed;
  private static Server written;

  @BeforeAll
  static void start() throws InterruptedException {
    printed = start(Example.PRINTED);
    written = start(Example.WRITTEN);
  }

  private static Server start(Example example) throws InterruptedException {
    return Servers.start(
        ImpliedCorefile.ofManifests(
            List.of(example.directory), new MadeFlags().options(), List.of(), LISTENERS));
  }

  @AfterAll
  static void stop() {
    printed.close();
    written.close();
  }

  static Stream<Arguments> digLines() throws IOException {
    return Stream.concat(digLines(Example.PRINTED), digLines(Example.WRITTEN));
  }

  private static Stream<Arguments> digLines(Example example) throws IOException {
    return DigLine.in(example.directory).stream().map(line -> Arguments.of(example, line));
  }

  @ParameterizedTest
  @EnumSource
  void hasDigLinesInEveryFile(Example example) throws IOException {
    try (Stream<Path> files = Files.list(example.directory)) {
      assertThat(
              DigLine.in(example.directory).stream()
                  .map(line -> line.place().replaceFirst(":.*", ""))
                  .distinct())
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("digLines")
  void printsWhatTheCommentSays(Example example, DigLine line) throws IOException {
    assertThat(DigLine.printed(example.ask(line)))
        .as(line.place())
        .containsExactlyInAnyOrderElementsOf(line.expected());
  }

  /// All but names made of addresses.
  static Stream<DigLine> names() throws IOException {
    return DigLine.in(Example.PRINTED.directory).stream()
        .filter(line -> !line.words().getFirst().equals("-x"))
        .filter(line -> !line.words().getLast().matches("[0-9a-f]+-.*"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSameNamesResolveAsWrittenAndAsPrinted(DigLine line) throws IOException {
    assertThat(shapes(Example.WRITTEN.ask(line)))
        .as(line.place())
        .containsExactlyInAnyOrderElementsOf(shapes(Example.PRINTED.ask(line)));
  }

  /// What is printed, with the families of addresses in their place.
  private static List<String> shapes(Message reply) {
    return DigLine.printed(reply).stream()
        .map(text -> text.replaceFirst("^[0-9.]+$", "IPv4").replaceFirst("^fd[0-9a-f:]+$", "IPv6"))
        .toList();
  }

  /// kustomize reads the files that its own names; a file that it forgets is served here alone.
  @Test
  void theKustomizationHasEveryFile() throws IOException {
    Path directory = Example.WRITTEN.directory;
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(
              Files.readAllLines(directory.resolveSibling("kustomization.yaml")).stream()
                  .filter(line -> line.startsWith("  - ")))
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> "  - manifests/" + file.getFileName()).toList());
    }
  }
}
