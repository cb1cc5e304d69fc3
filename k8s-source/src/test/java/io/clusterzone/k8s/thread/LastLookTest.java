package io.clusterzone.k8s.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LastLookTest {
  private long nowNanos;

  @ParameterizedTest
  @CsvSource({"30, 100, false", "30, 101, true", "5, 25, false", "5, 26, true", "0, 9999, false"})
  void isLateOnceMoreThanTwoLooksAreMissing(long interval, long age, boolean late) {
    var look = new LastLook("Corefile", Duration.ofSeconds(interval), () -> nowNanos);
    nowNanos = Duration.ofSeconds(age).toNanos();
    assertThat(look.isLate()).isEqualTo(late);
    look.taken();
    assertThat(look.isLate()).isFalse();
    assertThat(look.age()).isZero();
  }

  @Test
  void tellsHowOldItIs() {
    var look = new LastLook("hosts /etc/hosts", Duration.ofSeconds(5), () -> nowNanos);
    nowNanos = Duration.ofSeconds(95).toNanos();
    assertThat(look.remark())
        .isEqualTo("hosts /etc/hosts: looked at last 95 s ago, instead of every 5 s");
    look.every(Duration.ofSeconds(60));
    assertThat(look.isLate()).isFalse();
  }
}
