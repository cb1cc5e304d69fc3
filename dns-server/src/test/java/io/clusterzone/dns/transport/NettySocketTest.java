package io.clusterzone.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class NettySocketTest {
  @Test
  void otherKindsOfSocketsHaveNoOptionsOfTheKernel() {
    var socket = new NettySocket(new EmbeddedChannel());
    assertThat(socket.isOpen()).isTrue();
    assertThat(socket.option(55, 36)).isNull();
    assertThat(socket.setOption(26, ByteBuffer.allocateDirect(16))).isFalse();
  }
}
