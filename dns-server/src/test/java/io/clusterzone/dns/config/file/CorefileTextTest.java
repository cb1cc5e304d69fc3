package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.text.CorefileText;
import io.clusterzone.dns.config.text.Environment;
import io.clusterzone.dns.config.text.Imports;
import io.clusterzone.dns.config.text.PackedText;
import io.clusterzone.dns.config.text.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorefileTextTest {
  private static final Map<String, String> FILES =
      Map.of("more.conf", "nsid \"{ east \\\" 1\"\nwhoami # us\n");

  private static String text(String corefile) {
    var problems = new Problems("Corefile");
    var environment = new Environment(Corefiles.ENVIRONMENT);
    var files = new Corefiles.MapFiles(FILES);
    var words = new Imports("Corefile", PackedText.of(corefile), files, environment, problems);
    var writer = new CorefileText(words);
    writer.skip();
    assertThat(problems.hasErrors()).isFalse();
    return writer.written().text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".:53 {\n whoami\n}\n",
        "(base) {\n errors\n whoami\n}\n{$ZONE}:{$PORT} {\n import base\n}\n",
        "a.example, b.example {\n import more.conf\n}\n",
        "a.example {\n forward . 192.0.2.1 {\n  policy sequential\n  max_fails 0\n }\n}\n",
        "a.example {\n log . \"{remote} \\\"{name}\\\"\" {\n  class error\n }\n}\n",
        "a.example {\n chaos \"one two\" \"\"\n}\nb.example {\n}\n",
      })
  void meansWhatTheFilesMean(String corefile) {
    String text = text(corefile);
    assertThat(Corefiles.valid(text).toString())
        .isEqualTo(Corefiles.valid(corefile, FILES).toString());
    assertThat(text(text)).isEqualTo(text);
  }

  @Test
  void commentsAndBlanksChangeNothing() {
    String plain = text("a.example {\n whoami\n}\n");
    assertThat(text("# mine\na.example   { # and yours\n\n\twhoami\n}")).isEqualTo(plain);
    assertThat(text("a.example {\n any\n}\n")).isNotEqualTo(plain);
  }
}
