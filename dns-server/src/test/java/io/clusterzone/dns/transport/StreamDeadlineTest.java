package io.clusterzone.dns.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Event;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Time on a clock of its own: a first message is due after 3 s, an idle connection ends after 10
/// s.
final class StreamDeadlineTest {
  private static final StreamTimes TIMES =
      new StreamTimes(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(5));

  private final Counters counters = new Counters(1, List.of());
  private final EmbeddedChannel channel;

  StreamDeadlineTest() throws Exception {
    Edge edge = new Edge(new ScriptedHandler(), counters.loop(0), TestServer.gate());
    ChannelInitializer<Channel> connection =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel accepted) {
            InetSocketAddress client = new InetSocketAddress(0);
            accepted
                .pipeline()
                .addLast(
                    new StreamConnection(
                        edge, StreamLimits.DEFAULTS, TIMES, accepted, client, false));
          }
        };
    channel = new EmbeddedChannel(false, false, connection);
    channel.register();
    channel.freezeTime();
  }

  /// With the replies that nobody has read.
  @AfterEach
  void release() {
    channel.finishAndReleaseAll();
  }

  private void pass(long millis) {
    for (long passed = 0; passed < millis; passed += 100) {
      channel.advanceTimeBy(100, MILLISECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  private void receive(byte... octets) {
    channel.writeInbound(Unpooled.wrappedBuffer(octets));
  }

  @Test
  void aConnectionWithoutAMessageEndsAfterTheFirstTimeout() {
    pass(2900);
    assertThat(channel.isActive()).isTrue();
    pass(200);
    assertThat(channel.isActive()).isFalse();
    assertThat(counters.sum(Event.TCP_CLOSED_SILENT)).isEqualTo(1);
  }

  @Test
  void octetsThatTrickleInAreNoMessage() {
    byte[] frame = TcpClient.frames("a message that never becomes whole");
    for (int i = 0; i < frame.length - 1 && channel.isActive(); i++) {
      receive(frame[i]);
      pass(200);
    }
    assertThat(channel.isActive()).isFalse();
    assertThat(counters.sum(Event.TCP_CLOSED_SILENT)).isEqualTo(1);
  }

  @Test
  void eachMessageBuysTheIdleTimeout() {
    for (int i = 0; i < 5; i++) {
      receive(TcpClient.frames("hello"));
      pass(9900);
      assertThat(channel.isActive()).isTrue();
    }
    pass(200);
    assertThat(channel.isActive()).isFalse();
    assertThat(counters.sum(Event.TCP_CLOSED_IDLE)).isEqualTo(1);
  }

  @Test
  void aConnectionThatWaitsForAnAnswerIsNotIdle() {
    receive(TcpClient.frames("-later"));
    pass(60_000);
    assertThat(channel.isActive()).isTrue();
    receive(TcpClient.frames("+"));
    pass(9900);
    assertThat(channel.isActive()).isTrue();
    pass(200);
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void aClosedConnectionLeavesNoTimer() {
    var _ = channel.close();
    pass(60_000);
    assertThat(counters.sum(Event.TCP_CLOSED_SILENT)).isZero();
    assertThat(channel.hasPendingTasks()).isFalse();
  }
}
