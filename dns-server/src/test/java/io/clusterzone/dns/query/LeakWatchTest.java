package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeakWatchTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsOfABufferThatIsNotReleased(boolean released) {
    LeakWatch leaks = LeakWatch.start();
    use(released);
    assertThat(leaks.stop()).hasSize(released ? 0 : 1);
  }

  private static void use(boolean released) {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(100);
    buffer.writeInt(7);
    if (released) {
      buffer.release();
    }
  }
}
