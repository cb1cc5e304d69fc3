package io.clusterzone.dns.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/// Inputs larger than the memory, while a process of its own serves: each is refused with its name
/// and the limit, and what was served stays. The process ends when its memory does.
final class LargeInputsTest {
  @TempDir Path directory;

  private final int port = FreePorts.next();

  private String corefile() {
    return """
    .:%d {
      errors
      kubernetes cluster.local {
        manifests m
      }
      hosts hosts {
        fallthrough
      }
      reload 2s 0s
    }
    """
        .formatted(port);
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>(ServedProcess.command(List.of(), "-conf", "Corefile"));
    command.addAll(
        command.indexOf("-cp"),
        List.of("-Xmx70m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("out").toFile())
        .start();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private static String anchors(int count) {
    return IntStream.range(0, count).mapToObj("- &a%d x\n"::formatted).collect(joining());
  }

  private String answer(String name) {
    return ServedProcess.answer(port, name, Type.A, DClass.IN);
  }

  private void awaitLine(String text) {
    await()
        .atMost(ServedProcess.LIMIT)
        .untilAsserted(() -> assertThat(Files.readString(directory.resolve("out"))).contains(text));
    assertThat(answer("web.shop.svc.cluster.local.")).as(text).isEqualTo("10.96.0.1");
    assertThat(answer("seven.example.")).as(text).isEqualTo("192.0.2.7");
  }

  @Test
  void areRefusedAndNothingThatIsServedGoes() throws Exception {
    Files.createDirectory(directory.resolve("m"));
    write("m/web.yaml", DumpCommandTest.service("web", "10.96.0.1"));
    write("hosts", "192.0.2.7 seven.example\n");
    write("Corefile", corefile());
    Process process = start();
    try {
      await()
          .atMost(ServedProcess.LIMIT)
          .until(() -> answer("web.shop.svc.cluster.local.").equals("10.96.0.1"));
      write("m/scalar.yaml", "a: \"" + "y".repeat(8 << 20) + "\"\n");
      awaitLine("scalar.yaml:1: the value or comment after this is longer than");
      write("m/comment.yaml", ("#" + "c".repeat(1022) + "\n").repeat(20 << 10));
      awaitLine("comment.yaml:1: the value or comment after this is longer than");
      write("m/documents.yaml", "- 1\n---\n".repeat(200_000));
      awaitLine("more than 1,000 things are wrong up to here");
      write("m/anchors.yaml", "a:\n" + anchors(100_000));
      awaitLine("the document has more than 10,000 anchors");
      try (var hosts = new RandomAccessFile(directory.resolve("hosts").toFile(), "rw")) {
        hosts.setLength(1L << 30);
      }
      awaitLine("hosts cannot be read: it has 1,073,741,824 octets");
      write("Corefile", corefile() + "# " + "z".repeat(3 << 20) + "\n");
      awaitLine("Corefile: cannot be read: it has 3,145,");
      ServedProcess.signal(process, "TERM");
      assertThat(ServedProcess.exitWithin(process, Duration.ofSeconds(10))).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
