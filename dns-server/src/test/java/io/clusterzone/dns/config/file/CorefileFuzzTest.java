package io.clusterzone.dns.config.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.read.DirectiveTable;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.k8s.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Any octets at all are a Corefile or a list of problems, soon.
final class CorefileFuzzTest {
  private static final Map<String, String> FILES =
      Map.of(
          "a", "import b\nany\n",
          "b", "(s) {\nimport s\n}\nimport a\n",
          "open", "errors {\n",
          "close", "}\n",
          "quote", "\"never closed",
          "servers", "nameserver 192.0.2.1\n");

  /// Words and signs that the language gives a meaning to, so that random texts get far.
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "\n",
          "\n",
          " ",
          " ",
          " ",
          "\"",
          "\\",
          "#",
          ",",
          "(s)",
          "import s",
          "import a",
          "import open",
          "import close",
          "import quote",
          "import *",
          "{$ZONE}",
          "{%PORT%}",
          "{$",
          "%}",
          ".",
          ".:53",
          "example.org",
          "10.0.0.0/9",
          "fd00::/7",
          "tls://.",
          "dns://",
          ":1053",
          "kubernetes",
          "manifests m",
          "pods insecure",
          "ttl 5",
          "fallthrough",
          "zonal",
          "noendpoints",
          "labels",
          "multicluster",
          "startup_timeout 5s",
          "bind lo",
          "bind eth0",
          "except lo",
          "errors",
          "consolidate 5m x",
          "consolidate 1s a{1000}",
          "stacktrace",
          "log",
          "class denial",
          "{combined}",
          "chaos",
          "nsid",
          "bufsize 600",
          "loadbalance",
          "whoami",
          "forward",
          "forward . 192.0.2.1",
          "tls://192.0.2.1%a",
          "servers",
          "health_check 1s domain a",
          "next NXDOMAIN",
          "cache 30",
          "serve_stale 1h verify 1s",
          "prefetch 1 1m 10%",
          "hosts servers",
          "192.0.2.1 a",
          "reload 10s",
          "last_good l",
          "health :8080",
          "timeouts",
          "read 5",
          "\ufeff",
          "\0",
          "\r",
          "\ud83d\ude00",
          "\ud83d");

  @FuzzTest(maxDuration = "60s")
  void anyOctetsAreARecordOrProblems(byte[] octets) {
    check(new String(octets, UTF_8));
  }

  /// So that mutations of the corpus reach every reader.
  @Test
  void corpusHasEveryDirective() throws IOException {
    try (InputStream corpus =
        getClass()
            .getResourceAsStream(
                "CorefileFuzzTestInputs/anyOctetsAreARecordOrProblems/every-directive")) {
      String text = new String(requireNonNull(corpus).readAllBytes(), UTF_8);
      Map<String, String> files = new HashMap<>(FILES);
      files.putAll(Corefiles.NAMED);
      assertThat(Corefiles.valid(text, files).blocks().getFirst().directives())
          .hasSameSizeAs(DirectiveTable.SPECS);
    }
  }

  @Test
  void randomOctetsAreARecordOrProblems() {
    long seed = 0x5EED_C0DEL;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] octets = new byte[random.nextInt(200)];
      random.nextBytes(octets);
      checkNaming(seed, i, new String(octets, UTF_8));
    }
  }

  @Test
  void randomPiecesAreARecordOrProblems() {
    long seed = 0x5EED_C0FEL;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 4_000; i++) {
      var text = new StringBuilder();
      for (int pieces = random.nextInt(60); pieces > 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
        text.append(random.nextInt(3) == 0 ? "\n" : " ");
      }
      checkNaming(seed, i, text.toString());
    }
  }

  @Test
  void everyPartOfAWholeCorefileIsARecordOrProblems() {
    String text =
        """
        (s) {
            errors {
                consolidate 5m "^a" warning
            }
        }
        example.org:{$PORT}, 10.0.0.0/15 {
            import s
            bind lo {
                except ::1
            }
            kubernetes example.org {
                manifests m
                fallthrough
            }
            log . "{name}" {
                class denial
            }
        }
        """;
    for (int i = 0; i <= text.length(); i++) {
      checkNaming(0, i, text.substring(0, i));
      checkNaming(1, i, text.substring(i));
    }
  }

  @Test
  void largeInputsTakeTimeInProportion() {
    for (String piece : PIECES) {
      String text = (piece + " ").repeat(20_000);
      long start = System.nanoTime();
      check(text);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("20,000 times %s", piece)
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  private static void checkNaming(long seed, int round, String text) {
    try {
      check(text);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + ", round " + round + ": " + text, e);
    }
  }

  private static void check(String text) {
    switch (Corefiles.parse(text, FILES)) {
      case Corefile.Valid(Corefile corefile) -> assertThat(corefile.blocks()).isNotEmpty();
      case Corefile.Invalid(List<Problem> problems) -> {
        assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(Problems.MAX_PROBLEMS);
        for (Problem problem : problems) {
          assertThat(problem.message().chars()).noneMatch(Character::isISOControl);
        }
      }
    }
  }
}
