package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// A running server is given a Corefile that names files for TLS which cannot be used.
final class BadTlsReloadTest {
  private static final String ANSWER = "192.0.2.1";

  private final Semaphore told = new Semaphore(0);

  @TempDir Path directory;

  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
  private final Handler collector = new Collector(logged);
  private final Logger logger = Logger.getLogger(Reloader.class.getName());
  private final FakeUpstream upstream =
      FakeUpstream.answering(query -> Replies.answer(query, "@ 300 IN A " + ANSWER));
  private final int port = FreePorts.next();

  private static final class Collector extends Handler {
    private final List<String> lines;

    Collector(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(new LogLine().format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void writeFiles() throws IOException {
    logger.addHandler(collector);
    for (String name : List.of("test-cert.pem", "test-key.pem", "other-key.pem")) {
      try (InputStream in = CorefileParser.class.getResourceAsStream(name)) {
        Files.copy(Objects.requireNonNull(in), directory.resolve(name));
      }
    }
    Files.createDirectory(directory.resolve("directory"));
    Files.createFile(directory.resolve("empty"));
    Files.writeString(directory.resolve("garbage"), "-----BEGIN CERTIFICATE-----\nno\n");
    Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("gone"));
  }

  @AfterEach
  void stop() {
    logger.removeHandler(collector);
    upstream.close();
  }

  private String corefile(String tls) {
    return """
    .:%d {
      bind 127.0.0.1
      forward . %s127.0.0.1:%d {
        %s
      }
      cache
      reload 2s 1s
    }
    """
        .formatted(
            port,
            tls.isEmpty() ? "" : "tls://",
            upstream.address().getPort(),
            tls.isEmpty() ? "" : "tls " + tls.replace("DIR", directory.toString()));
  }

  private static Corefile parse(Path file) {
    return CorefileFile.good(CorefileParser.read(file, ParseOptions.ofProcess()).result());
  }

  private String ask(String name) throws IOException {
    var resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    resolver.setTimeout(Duration.ofSeconds(10));
    Message reply =
        resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN)));
    List<Record> answer = reply.getSection(Section.ANSWER);
    return answer.isEmpty() ? "" : answer.getFirst().rdataToString();
  }

  private static Forwarding forwarding(Server server) {
    Wiring wiring = server.wiring();
    return Objects.requireNonNull(wiring.forwardings().of(wiring.corefile().blocks().getFirst()));
  }

  private static boolean countedOnce(Server server) {
    return new Metrics(List.of(server.reloads()))
        .text()
        .contains("coredns_reload_failed_total 1\n");
  }

  /// Answers a remembered question over and over: each time has to have the answer.
  private int askWhile(AtomicBoolean running) throws IOException {
    int asked = 0;
    for (; running.get(); asked++) {
      assertThat(ask("known.example.")).isEqualTo(ANSWER);
    }
    return asked;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DIR/gone",
        "DIR/dangling",
        "DIR/directory",
        "DIR/empty",
        "DIR/garbage",
        "DIR/test-key.pem",
        "DIR/test-cert.pem DIR/gone",
        "DIR/test-cert.pem DIR/garbage",
        "DIR/test-cert.pem DIR/other-key.pem"
      })
  void theOneBeforeGoesOn(String tls) throws Exception {
    Path file = directory.resolve("Corefile");
    Files.writeString(file, corefile(""));
    var source = CorefileFile.at(file, ParseOptions.ofProcess());
    Corefile first = parse(file);
    try (Server server = Servers.start(first);
        Reloader _ = Reloader.start(source, server, first, source.read(), told)) {
      await().until(() -> ask("known.example.").equals(ANSWER));
      Forwarding before = forwarding(server);
      int askedBefore = upstream.received().size();
      var running = new AtomicBoolean(true);
      var asked = new AtomicInteger();
      Thread client =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  asked.set(askWhile(running));
                } catch (IOException e) {
                  asked.set(-1);
                }
              });

      Files.writeString(file, corefile(tls));
      told.release();
      await().atMost(Duration.ofSeconds(20)).until(() -> countedOnce(server));
      running.set(false);
      client.join();

      assertThat(asked.get()).isPositive();
      assertThat(server.wiring().corefile()).isEqualTo(first);
      assertThat(forwarding(server)).isSameAs(before);
      assertThat(upstream.received()).hasSize(askedBefore);
      await().until(() -> !logged.isEmpty());
      assertThat(logged)
          .isNotEmpty()
          .allSatisfy(line ->
              assertThat(line)
                  .startsWith("[ERROR] reload: the Corefile before goes on being served: ")
                  .contains(file + ":4:"));
    }
  }
}
