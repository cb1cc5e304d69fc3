package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.config.Forward.Transport;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.UpstreamCounters;
import io.clusterzone.k8s.thread.SteadyThread;
import io.clusterzone.zones.name.Name;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Type;

/// Recurring questions go on after an Error on the event loop.
final class SteadyProbesTest {
  private static final Duration INTERVAL = Duration.ofMillis(1);
  private static final Question QUESTION =
      new Question(Name.parse("www.example.org."), Type.A, true, false, false);

  private static MultiThreadIoEventLoopGroup group;
  private static EventLoop loop;

  @BeforeAll
  static void startLoop() {
    group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    loop = (EventLoop) group.next();
  }

  @AfterAll
  static void stopLoop() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /// The event loop, on which the first attempts cannot begin: a timeout is in milliseconds.
  private static LoopChannels failing(int attempts) {
    var left = new AtomicInteger(attempts);
    EventLoop proxy =
        (EventLoop)
            Proxy.newProxyInstance(
                SteadyProbesTest.class.getClassLoader(),
                new Class<?>[] {EventLoop.class},
                (_, method, arguments) -> {
                  boolean timeout =
                      method.getName().equals("schedule") && arguments[2] == TimeUnit.MILLISECONDS;
                  if (timeout && left.getAndDecrement() > 0) {
                    throw new StackOverflowError("made up");
                  }
                  try {
                    return method.invoke(loop, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new LoopChannels(proxy, NioDatagramChannel::new, NioSocketChannel::new);
  }

  private static FakeUpstream answering() {
    return FakeUpstream.answering(query -> Replies.answer(query, "@ 60 IN A 192.0.2.1"));
  }

  private static long survived(String name) {
    return SteadyThread.failures().getOrDefault(name, 0L);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anUpstreamThatFailedIsProbed(Transport transport) {
    long before = survived("upstream-probe");
    try (FakeUpstream answering = answering()) {
      var upstream = new Upstream(answering.address(), null, "", new UpstreamCounters());
      var forward = TestForward.to(upstream).over(transport).probing(INTERVAL);
      var upstreams = new LoopUpstreams(forward.group(), failing(2));
      loop.execute(() -> {
        upstream.failed();
        upstream.failed();
        upstreams.suspect(upstream);
      });
      await().until(() -> !answering.received().isEmpty());
      assertThat(survived("upstream-probe") - before).isEqualTo(2);
    }
  }

  @Test
  void anUpstreamIsAskedForALoop() {
    long before = survived("loop-probe");
    try (FakeUpstream answering = answering();
        var detector =
            new LoopDetector(List.of(TestForward.to(answering).group()), Name.ROOT, INTERVAL)) {
      detector.start(failing(2));
      await().until(() -> answering.received().size() >= 2);
      assertThat(survived("loop-probe") - before).isEqualTo(2);
    }
  }

  /// As when no more files may be open.
  @ParameterizedTest
  @EnumSource(Transport.class)
  void aChannelThatCannotBeMadeIsToldOnTheLoop(Transport transport) {
    try (FakeUpstream answering = answering()) {
      var channels =
          new LoopChannels(
              loop,
              () -> {
                throw new ChannelException("made up");
              },
              () -> {
                throw new ChannelException("made up");
              });
      var forward = TestForward.to(answering).over(transport).maxAttempts(1);
      var upstreams = new LoopUpstreams(forward.group(), channels);
      var onLoop = new CompletableFuture<Boolean>();
      loop.execute(() ->
          upstreams.ask(
              QUESTION, false, TestAsker.next(), _ -> onLoop.complete(loop.inEventLoop())));
      assertThat(onLoop.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
    }
  }
}
