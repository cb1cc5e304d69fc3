package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are opened once the Corefile is taken are looked at when it is read.
final class NamedFilesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no key ca | 3:6: forward: \"no\" cannot be read: there is no such file",
        "cert no ca | 3:11: forward: \"no\" cannot be read: there is no such file",
        "cert key no | 3:15: forward: \"no\" cannot be read: there is no such file",
        "no | 3:6: forward: \"no\" cannot be read: there is no such file",
        "empty | 3:6: forward: \"empty\" cannot be read: it is empty",
        "key | 3:6: forward: \"key\" holds no certificates in PEM form",
        "file | 3:6: forward: \"file\" holds no certificates in PEM form",
        "cert other | 3:11: forward: \"other\" is not the key of \"cert\"",
        "cert ca | 3:11: forward: \"ca\" holds no private key in PEM form (not encrypted)",
      })
  void tellsWhatIsWrongWithTheFilesOfForward(String words, String problem) {
    var files = new HashMap<>(Corefiles.NAMED);
    files.put("empty", "");
    String text = ". {\nforward . tls://192.0.2.1 {\n tls " + words + "\n}\n}\n";
    assertThat(Corefiles.problems(text, files)).isEqualTo("Corefile:" + problem);
  }

  @Test
  void tellsOfAllFilesAtOnce() {
    String text =
        """
        . {
          kubernetes cluster.local {
            endpoint https://192.0.2.1
            tls a b c
          }
          forward . tls://192.0.2.1 {
            tls d e
          }
        }
        other {
          kubernetes other {
            kubeconfig f
          }
        }
        """;
    assertThat(Corefiles.problems(text).lines().map(line -> line.replaceAll(" cannot.*", "")))
        .containsExactly(
            "Corefile:4:9: kubernetes: \"a\"",
            "Corefile:4:11: kubernetes: \"b\"",
            "Corefile:4:13: kubernetes: \"c\"",
            "Corefile:7:9: forward: \"d\"",
            "Corefile:7:11: forward: \"e\"",
            "Corefile:12:16: kubernetes: \"f\"");
  }

  /// With manifests the API server is not asked.
  @Test
  void leavesFilesAloneThatAreNotUsed() {
    String text = ". {\n kubernetes a {\n manifests x\n kubeconfig no\n }\n}\n";
    assertThat(Corefiles.problems(text)).isEmpty();
  }
}
