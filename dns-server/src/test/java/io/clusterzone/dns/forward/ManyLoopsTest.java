package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.zones.name.Name;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/// Equal questions that come to several event loops.
final class ManyLoopsTest {
  private static final int LOOPS = 4;
  private static final String ADDRESS = "@ 300 IN A 192.0.2.1";

  private final WaitingRoom room = new WaitingRoom();
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
  private List<EventLoop> loops = List.of();

  @BeforeEach
  void startLoops() {
    loops = IntStream.range(0, LOOPS).mapToObj(_ -> (EventLoop) group.next()).toList();
  }

  @AfterEach
  void stopLoops() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private UpstreamGroup upstreams(FakeUpstream upstream, int maxConcurrent) {
    return TestForward.to(upstream).maxConcurrent(maxConcurrent).group(room);
  }

  private List<LoopUpstreams> onAllLoops(UpstreamGroup upstreams) {
    return loops.stream()
        .map(loop ->
            new LoopUpstreams(
                upstreams, new LoopChannels(loop, NioDatagramChannel::new, NioSocketChannel::new)))
        .toList();
  }

  private CompletableFuture<Resolution> ask(List<LoopUpstreams> perLoop, int loop, String name) {
    var result = new CompletableFuture<Resolution>();
    var question = new Question(Name.parse(name), Type.A, true, false, false);
    loops
        .get(loop)
        .execute(() -> perLoop.get(loop).ask(question, false, TestAsker.next(), result::complete));
    return result.orTimeout(30, TimeUnit.SECONDS);
  }

  /// RFC 5452 section 5: "duplicate outstanding queries" for the same question help who guesses.
  @Test
  void makeOneUpstreamQuestion() throws Exception {
    var released = new CountDownLatch(1);
    try (var upstream =
        new FakeUpstream(received -> {
          awaitUninterrupted(released);
          return List.of(Replies.answer(received.query(), ADDRESS).toWire());
        })) {
      UpstreamGroup upstreams = upstreams(upstream, 1000);
      List<LoopUpstreams> perLoop = onAllLoops(upstreams);
      var all = new ArrayList<CompletableFuture<Resolution>>();
      for (int i = 0; i < 1000; i++) {
        all.add(ask(perLoop, i % LOOPS, "www.example.org."));
      }
      Awaitility.await().until(() -> room.taken() == 1000);
      released.countDown();

      assertThat(all.stream().map(CompletableFuture::join))
          .allMatch(Resolution.Reply.class::isInstance);
      assertThat(upstream.received()).hasSize(1);
      assertThat(upstreams.waiting()).isZero();
      assertThat(room.taken()).isZero();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A loop may come to another just when that has its answer; whoever came is told once, and every
  /// place is given back.
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void tellEveryoneWhateverTheRace(int maxConcurrent) {
    try (var upstream = FakeUpstream.answering(query -> Replies.answer(query, ADDRESS))) {
      UpstreamGroup upstreams = upstreams(upstream, maxConcurrent);
      List<LoopUpstreams> perLoop = onAllLoops(upstreams);
      var random = new Random(7);
      var all = new ArrayList<CompletableFuture<Resolution>>();
      for (int i = 0; i < 5000; i++) {
        all.add(ask(perLoop, random.nextInt(LOOPS), "n" + random.nextInt(3) + ".example.org."));
      }
      assertThat(all.stream().map(CompletableFuture::join))
          .allMatch(
              result -> result instanceof Resolution.Reply || result instanceof Resolution.Shed);
      assertThat(all.stream().map(CompletableFuture::join))
          .filteredOn(Resolution.Reply.class::isInstance)
          .hasSizeGreaterThan(100);
      assertThat(upstreams.waiting()).isZero();
      assertThat(room.taken()).isZero();
    }
  }
}
