package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which lines of `forward` are known to be of no use. In the tables `;` begins a new line; every
/// block forwards something else besides.
final class UnreachedForwardsTest {
  private static final String HERE = "forward: no question gets here: ";

  private static List<String> warnings(String text) {
    return Corefiles.warnings(text.replace("; ", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the block | the line | why
        ". {; forward . 192.0.2.1; forward . 192.0.2.2; } | 3 | line 2 takes them all; put this"
            + " line before that one, or give that one next or except",
        ". {; forward . 192.0.2.1; forward a.example 192.0.2.2; } | 3 | line 2 takes them all; put"
            + " this line before that one, or give that one next or except",
        "a.example {; forward example 192.0.2.1; forward . 192.0.2.2; } | 3 | line 2 takes them"
            + " all; put this line before that one, or give that one next or except",
        "a.example {; forward b.example 192.0.2.1; forward . 192.0.2.2; }"
            + " | 2 | its names are in no zone of this server block; move it to one that has them",
        "a.example {; forward . 192.0.2.1 {; except example; }; }"
            + " | 2 | its own except leaves it none; make it name less",
        ". {; kubernetes c.local; forward x.c.local 192.0.2.1; forward . 192.0.2.2; } | 3 |"
            + " kubernetes answers for all of its names; give kubernetes the option fallthrough",
        "c.local {; kubernetes {; fallthrough d.local; }; forward . 192.0.2.1; } | 5 | kubernetes"
            + " answers for all of its names; give kubernetes the option fallthrough",
        ". {; forward x.a.example 192.0.2.1; forward . 192.0.2.2; }; a.example {; whoami; }"
            + " | 2 | the server block of a.example. takes its names; move it there",
        ". {; forward a.example 192.0.2.1; forward . 192.0.2.2; }; a.example {; whoami; }"
            + " | 2 | the server block of a.example. takes its names; move it there",
      })
  void saysWhyNoQuestionGetsThere(String corefile, int line, String why) {
    assertThat(warnings(corefile)).containsExactly("Corefile:" + line + ":1: " + HERE + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ". {; forward a.example 192.0.2.1; forward . 192.0.2.2; }",
        ". {; forward . 192.0.2.1 {; next NXDOMAIN; }; forward . 192.0.2.2; }",
        ". {; forward . 192.0.2.1 {; next_on_nodata; }; forward . 192.0.2.2; }",
        ". {; forward . 192.0.2.1 {; except a.example; }; forward . 192.0.2.2; }",
        ". {; forward . 192.0.2.1 {; except x.a.example; }; forward a.example 192.0.2.2; }",
        "a.example b.example {; forward a.example 192.0.2.1; forward . 192.0.2.2; }",
        "a.example {; forward . 192.0.2.1; }",
        ". {; kubernetes c.local; forward local 192.0.2.1; }",
        ". {; kubernetes c.local; forward . 192.0.2.1; }",
        "c.local {; kubernetes {; fallthrough x.c.local; }; forward . 192.0.2.1; }",
        ". {; kubernetes c.local {; fallthrough; }; forward c.local 192.0.2.1; }",
        // A question for the DS records of a zone is its parent's.
        "example {; forward a.example 192.0.2.1; forward . 192.0.2.2; }; a.example {; whoami; }",
        // Other ports and addresses.
        ". {; forward a.example 192.0.2.1; forward . 192.0.2.2; }; a.example:54 {; whoami; }",
        ". {; forward a.example 192.0.2.1; }; a.example {; bind 192.0.2.1; whoami; }",
      })
  void saysNothingWhereAQuestionMayGetThere(String corefile) {
    assertThat(warnings(corefile)).isEmpty();
  }

  @Test
  void aLineOfASnippetIsOfUseIfOneBlockNeedsIt() {
    assertThat(
            warnings(
                "(common) {; forward a.example 192.0.2.1; forward . 192.0.2.2; }; "
                    + "a.example {; import common; }; b.example {; import common; }"))
        .isEmpty();
    assertThat(
            warnings(
                "(common) {; forward c.example 192.0.2.1; forward . 192.0.2.2; }; "
                    + "a.example {; import common; }; b.example {; import common; }"))
        .hasSize(1);
  }
}
