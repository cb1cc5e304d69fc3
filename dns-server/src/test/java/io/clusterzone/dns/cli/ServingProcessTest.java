package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// A serving process, and the signals it gets.
final class ServingProcessTest {
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
  private static final Duration LIMIT = Duration.ofSeconds(30);

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

  private Process startProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Clusterzone.class.getName(),
            "-conf",
            corefile.toString())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  private String output() throws IOException {
    return Files.readString(out);
  }

  private String version() throws IOException {
    return ask("version.bind.", Type.TXT, DClass.CH)
        .getSection(Section.ANSWER)
        .getFirst()
        .rdataToString()
        .replace("\"", "");
  }

  private Message ask(String name, int type, int dclass) throws IOException {
    var resolver = new SimpleResolver(new InetSocketAddress(LOCAL, port));
    resolver.setTimeout(Duration.ofSeconds(10));
    resolver.setEDNS(0);
    Record question = Record.newRecord(Name.fromConstantString(name), type, dclass);
    return resolver.send(Message.newQuery(question));
  }

  private int status(String path) throws IOException {
    var connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + http + path).toURL().openConnection();
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  private void awaitEnd() throws Exception {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output()).isZero();
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
}
