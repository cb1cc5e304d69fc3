package io.clusterzone.dns.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "5s, PT5S",
    "100ms, PT0.1S",
    "1m30s, PT1M30S",
    "1.5h, PT1H30M",
    ".5s, PT0.5S",
    "1.s, PT1S",
    "2h45m0.5s, PT2H45M0.5S",
    "10us, PT0.00001S",
    "10µs, PT0.00001S",
    "7ns, PT0.000000007S",
  })
  void readsDurationsAsGoDoes(String text, Duration expected) {
    assertThat(GoDuration.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        ".s",
        "-5s",
        "5 s",
        "5d",
        "1e3s",
        "5s5",
        "999999999999999h",
        "1111111111111111111111111111111111111111s"
      })
  void knowsWhatIsNoDuration(String text) {
    assertThat(GoDuration.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "5s", "1h30m", "100ms", "1m1s"})
  void writesWhatItReads(String text) {
    Duration duration = GoDuration.parse(text);
    assertThat(duration == null ? "" : GoDuration.format(duration)).isEqualTo(text);
  }
}
