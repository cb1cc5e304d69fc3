package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Forward.Transport;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.zones.name.Name;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Type;

/// Where questions and probes come from when the directive `forward` says so. All of 127.0.0.0/8 is
/// this host on Linux; elsewhere 127.0.0.1 alone may be.
final class SourceAddressTest {
  private static final String SOURCE = "127.0.0.9";
  private static final Question QUESTION =
      new Question(Name.parse("www.example.org."), Type.A, true, false, false);

  private static MultiThreadIoEventLoopGroup group;
  private static LoopChannels channels;

  @BeforeAll
  static void startLoop() {
    group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    channels =
        new LoopChannels((EventLoop) group.next(), NioDatagramChannel::new, NioSocketChannel::new);
  }

  @AfterAll
  static void stopLoop() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static Resolution ask(TestForward forward) {
    var upstreams = new LoopUpstreams(forward.group(), channels);
    var result = new CompletableFuture<Resolution>();
    channels
        .loop()
        .execute(() -> upstreams.ask(QUESTION, false, TestAsker.next(), result::complete));
    return result.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static FakeUpstream answering() {
    return FakeUpstream.answering(query -> Replies.answer(query, "@ 60 IN A 192.0.2.1"));
  }

  private static void assertSource(FakeUpstream upstream) {
    assertThat(upstream.received())
        .isNotEmpty()
        .allSatisfy(
            received -> assertThat(received.source()).isEqualTo(InetAddress.ofLiteral(SOURCE)));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void asksFromTheAddress(Transport transport) {
    try (FakeUpstream upstream = answering()) {
      assertThat(ask(TestForward.to(upstream).over(transport).from(SOURCE)))
          .isInstanceOf(Resolution.Reply.class);
      assertSource(upstream);
    }
  }

  @Test
  void probesFromTheAddress() {
    try (FakeUpstream upstream = FakeUpstream.silent()) {
      ask(
          TestForward.to(upstream)
              .from(SOURCE)
              .maxAttempts(1)
              .attempt(Duration.ofMillis(50))
              .probing(Duration.ofMillis(1)));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(1))
          .until(() ->
              upstream.received().stream()
                  .anyMatch(one -> one.query().getQuestion().getType() == Type.NS));
      assertSource(upstream);
    }
  }

  /// RFC 5737: 192.0.2.0/24 is nobody's.
  @ParameterizedTest
  @EnumSource(Transport.class)
  void saysWhyAnAddressOfAnotherHostCannotBeUsed(Transport transport) {
    try (FakeUpstream upstream = answering()) {
      Resolution result =
          ask(TestForward.to(upstream).over(transport).from("192.0.2.1").maxAttempts(1));
      assertThat(result)
          .isInstanceOfSatisfying(
              Resolution.Failed.class,
              failed -> assertThat(failed.reason()).contains("Cannot assign requested address"));
      assertThat(upstream.received()).isEqualTo(List.of());
    }
  }
}
