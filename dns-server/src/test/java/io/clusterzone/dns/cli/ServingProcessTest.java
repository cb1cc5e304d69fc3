package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.server.QueryBlocks;
import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// A serving process, and the signals it gets.
final class ServingProcessTest {
  private static final Duration LIMIT = ServedProcess.LIMIT;

  @TempDir Path directory;

  private Path corefile;
  private Path kept;
  private Path out;
  private int port;
  private int http;
  private Process process;

  @BeforeEach
  void start() throws Exception {
    corefile = directory.resolve("Corefile");
    kept = directory.resolve("kept");
    out = directory.resolve("out");
    port = FreePorts.next();
    http = FreePorts.next();
    write("one", "reload 1h {\n last_good " + kept + "\n }");
    process = startProcess();
    await().atMost(LIMIT).until(() -> output().contains("listening") || !process.isAlive());
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  private void write(String version, String more) throws IOException {
    Files.writeString(
        corefile,
        """
        .:%d {
          bind 127.0.0.1
          chaos %s me
          health 127.0.0.1:%d {
            lameduck 1s
          }
          ready 127.0.0.1:%d
          %s
        }
        """
            .formatted(port, version, http, http, more));
  }

  private Process startProcess(List<Path> classes, String shell) throws IOException {
    List<String> command = ServedProcess.command(classes, "-conf", corefile.toString());
    return new ProcessBuilder(ServedProcess.shell(shell, command))
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  private Process startProcess() throws IOException {
    return startProcess(List.of(), "exec \"$@\"");
  }

  private void signal(String name) throws Exception {
    ServedProcess.signal(process, name);
  }

  private String output() throws IOException {
    return Files.readString(out);
  }

  private String version() {
    return ServedProcess.answer(port, "version.bind.", Type.TXT, DClass.CH);
  }

  private Message ask(String name, int type, int dclass) throws IOException {
    return ServedProcess.ask(port, name, type, dclass);
  }

  private int status(String path) throws IOException {
    return ServedProcess.status(http, path);
  }

  private void awaitEnd() throws Exception {
    assertThat(ServedProcess.exitWithin(process, LIMIT)).as(output()).isZero();
    assertThat(output()).contains("[INFO] stopping");
  }

  @Test
  void reloadsAtSigusr1WithAndWithoutTheDirective() throws Exception {
    assertThat(version()).as(output()).isEqualTo("one");
    write("two", "");
    signal("USR1");
    await().atMost(LIMIT).until(() -> version().equals("two"));

    write("three", "no-such-directive");
    signal("USR1");
    await().atMost(LIMIT).until(() -> output().contains("unknown directive"));
    assertThat(output()).contains(corefile + ":8");
    assertThat(version()).isEqualTo("two");

    write("four", "");
    signal("USR1");
    await().atMost(LIMIT).until(() -> version().equals("four"));
  }

  @Test
  void startsFromTheLastGoodCorefile() throws Exception {
    await().atMost(LIMIT).until(() -> Files.exists(kept));
    signal("TERM");
    awaitEnd();
    write("two", "reload 1h {\n last_good " + kept + "\n }\n no-such-directive");
    process = startProcess();
    await().atMost(LIMIT).until(() -> output().contains("listening") || !process.isAlive());
    assertThat(output()).contains("started from " + kept, "unknown directive");
    assertThat(version()).isEqualTo("one");
  }

  @Test
  void startsWithoutTheNameServersOfABadFileAndTakesThemOnceItIsGood() throws Exception {
    signal("TERM");
    awaitEnd();
    Path resolv = directory.resolve("resolv.conf");
    write("one", "reload 2s 1s {\n last_good " + kept + "\n }\n forward . " + resolv);
    process = startProcess();
    await().atMost(LIMIT).until(() -> output().contains("listening") || !process.isAlive());
    assertThat(output())
        .contains(
            "[ERROR] %s:11:12: forward: \"%s\" is no upstream: there is no such file; starting"
                .formatted(corefile, resolv))
        .contains("until the file is mended, then reload takes it");
    assertThat(version()).isEqualTo("one");
    Message reply = ask("www.example.org.", Type.A, DClass.IN);
    assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(reply.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR))
        .singleElement()
        .asString()
        .contains("NETWORK_ERROR", "no upstream: " + resolv + " cannot be used");

    Files.writeString(resolv, "nameserver 127.0.0.1\n");
    await().atMost(LIMIT).until(() -> output().contains("serving the Corefile as it is now"));
    assertThat(ask("www2.example.org.", Type.A, DClass.IN).toString())
        .doesNotContain("cannot be used");
  }

  @Test
  void answersAfterSigtermAsLongAsQueriesCome() throws Exception {
    assertThat(status("/ready")).as(output()).isEqualTo(200);
    signal("TERM");
    await().atMost(LIMIT).until(() -> status("/ready") == 503);
    long endNanos = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    int answered = 0;
    for (; System.nanoTime() < endNanos; answered++) {
      assertThat(version()).isEqualTo("one");
    }
    assertThat(answered).isGreaterThan(100);
    assertThat(status("/health")).isEqualTo(200);
    assertThat(process.isAlive()).isTrue();
    awaitEnd();
  }

  /// Until it can be obeyed a signal is kept, or ignored where the launcher says so; it ends
  /// nothing.
  @Test
  void aSigusr1WhileItStartsEndsNothing() throws Exception {
    process.destroyForcibly().waitFor();
    process = startProcess(List.of(), "trap '' USR1; echo begun; exec \"$@\"");
    await().atMost(LIMIT).until(() -> output().contains("begun"));
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(LIMIT)
        .until(() -> {
          signal("USR1");
          return output().contains("serving the Corefile as it is now") || !process.isAlive();
        });
    assertThat(version()).as(output()).isEqualTo("one");
  }

  /// A class that cannot be loaded stands for a thread that cannot be made and the like: by then
  /// there are threads that would keep the process.
  @Test
  void anErrorWhileItStartsEndsIt() throws Exception {
    process.destroyForcibly().waitFor();
    Path broken = directory.resolve(QueryBlocks.class.getName().replace('.', '/') + ".class");
    Files.createDirectories(broken.resolveSibling(""));
    Files.writeString(broken, "no class");
    process = startProcess(List.of(directory), "exec \"$@\"");
    assertThat(ServedProcess.exitWithin(process, LIMIT)).as(output()).isEqualTo(1);
    assertThat(output()).contains("[ERROR]", "ClassFormatError");
  }
}
