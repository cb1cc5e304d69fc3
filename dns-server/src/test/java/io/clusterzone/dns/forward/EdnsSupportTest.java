package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EdnsSupportTest {
  /// RFC 6891 section 6.2.2 lets a requestor remember who does not know EDNS, and warns of taking
  /// loss for that. Events, one a second: a question with OPT (`+`) or without (`-`) is `answered`
  /// or met with `silence`, `error` is one with OPT that fails and without it does not, `checked`
  /// means that the checks met silence; a number is minutes that pass.
  @ParameterizedTest
  @CsvSource({
    "'', true, false",
    "answered+, true, false",
    "answered-, true, false",
    "error, false, true",
    "error 14, false, true",
    "error 15, true, false",
    "error 14 error 14, false, true",
    "error answered-, false, true",
    "error silence-, false, true",
    "error answered+, true, false",
    "silence-, true, false",
    "silence+, false, false",
    "silence+ silence+ silence+, false, false",
    "silence+ silence-, true, false",
    "silence+ answered+, true, false",
    "silence+ answered-, false, false",
    "silence+ answered- answered+, true, false",
    "silence+ answered- silence+ silence-, false, false",
    "silence+ answered- 1, true, false",
    "silence+ answered- checked, false, true",
    "silence+ answered- checked 14, false, true",
    "silence+ answered- checked 15, true, false",
    "silence+ answered- checked answered+, true, false",
    "silence+ answered- answered+ checked, true, false",
    "silence+ answered- checked 15 silence+, false, false",
    "silence+ silence- silence+ answered- checked, false, true",
    "checked, true, false",
  })
  void tellsSilenceFromLoss(String events, boolean takes, boolean refuses) {
    var edns = new EdnsSupport();
    long now = -5;
    for (String event : events.isEmpty() ? new String[0] : events.split(" ", -1)) {
      now += TimeUnit.SECONDS.toNanos(1);
      switch (event) {
        case "answered+", "answered-" -> {
          boolean asked = edns.answered(event.endsWith("+"), now);
          assertThat(asked)
              .as("to be checked")
              .isEqualTo(events.contains("silence+ answered-") && event.equals("answered-"));
        }
        case "silence+", "silence-" -> edns.silent(event.endsWith("+"), now);
        case "error" -> edns.refused(now);
        case "checked" -> edns.checked(now);
        default -> now += TimeUnit.MINUTES.toNanos(Integer.parseInt(event));
      }
    }
    assertThat(edns.takesOpt(now)).isEqualTo(takes);
    assertThat(edns.refusesOpt(now)).isEqualTo(refuses);
  }
}
