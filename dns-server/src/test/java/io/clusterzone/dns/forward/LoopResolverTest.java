package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// Replies that are remembered, for how long, and after that. The clock is the test's own.
final class LoopResolverTest {
  private static final String SOA = "example.org. 60 IN SOA a. b. 1 2 3 4 30";
  private static final Cache.Bounds BOUNDS = new Cache.Bounds(100, 3600, 0, List.of());

  private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
  private MultiThreadIoEventLoopGroup group;
  private LoopChannels channels;

  @BeforeEach
  void startLoop() {
    group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    channels =
        new LoopChannels((EventLoop) group.next(), NioDatagramChannel::new, NioSocketChannel::new);
  }

  @AfterEach
  void stopLoop() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static Cache cache(Cache.Prefetch prefetch, Cache.Stale stale) {
    return new Cache(
        List.of(Name.ROOT), BOUNDS, BOUNDS, prefetch, stale, Duration.ofSeconds(5), false);
  }

  private static Cache.Stale stale(boolean verify, Duration timeout) {
    return new Cache.Stale(Duration.ofHours(1), verify, timeout, 30, Duration.ofSeconds(5), false);
  }

  private ResponseCache remembering(Cache options) {
    return new ResponseCache(options, nanos::get);
  }

  private LoopResolver resolver(@Nullable ResponseCache cache, FakeUpstream... upstreams) {
    List<LoopUpstreams> groups = java.util.stream.Stream.of(upstreams).map(this::group).toList();
    return new LoopResolver(cache, groups, channels);
  }

  private LoopUpstreams group(FakeUpstream upstream, Integer... next) {
    UpstreamGroup upstreams =
        TestForward.to(upstream)
            .except("except.org")
            .maxConcurrent(100)
            .maxAttempts(1)
            .attempt(Duration.ofMillis(1500))
            .next(next)
            .group();
    return new LoopUpstreams(upstreams, channels);
  }

  private Resolution resolve(LoopResolver resolver, String name) {
    return resolve(resolver, new Question(Name.parse(name), Type.A, true, false, false));
  }

  private Resolution resolve(LoopResolver resolver, Question question) {
    var result = new CompletableFuture<Resolution>();
    channels
        .loop()
        .execute(() -> resolver.resolve(question, false, TestAsker.KEEPING_UP, result::complete));
    return result.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Resolution.Reply reply(Resolution resolution) {
    assertThat(resolution).isInstanceOf(Resolution.Reply.class);
    return (Resolution.Reply) resolution;
  }

  private static FakeUpstream answering() {
    return FakeUpstream.answering(query -> Replies.answer(query, "@ 60 IN A 192.0.2.1"));
  }

  /// RFC 8767 section 4: stale data may be used when fresh data cannot be had.
  @Test
  void usesAnExpiredReplyWhereTheQuestionIsShed() {
    try (FakeUpstream upstream = answering()) {
      var stale = stale(true, Duration.ZERO);
      LoopResolver resolver = resolver(remembering(cache(Cache.Prefetch.OFF, stale)), upstream);
      var question = new Question(Name.parse("www.example.org."), Type.A, true, false, false);
      resolve(resolver, question);
      advance(Duration.ofSeconds(61));

      var result = new CompletableFuture<Resolution>();
      var behind = new TestAsker(1, true);
      channels.loop().execute(() -> resolver.resolve(question, false, behind, result::complete));

      assertThat(reply(result.orTimeout(30, TimeUnit.SECONDS).join()).stale()).isTrue();
      assertThat(upstream.received()).hasSize(1);
    }
  }

  @Test
  void remembersForTheTtlAndCountsItDown() {
    try (FakeUpstream upstream = answering()) {
      LoopResolver resolver =
          resolver(remembering(cache(Cache.Prefetch.OFF, Cache.Stale.OFF)), upstream);
      resolve(resolver, "www.example.org");
      advance(Duration.ofSeconds(59));

      assertThat(reply(resolve(resolver, "WWW.example.org")).ageSeconds()).isEqualTo(59);
      assertThat(upstream.received()).hasSize(1);

      advance(Duration.ofSeconds(1));
      resolve(resolver, "www.example.org");
      assertThat(upstream.received()).hasSize(2);
    }
  }

  @Test
  void countsHitsOfDataApartFromNegativeAnswers() {
    try (FakeUpstream upstream =
        FakeUpstream.answering(query ->
            query.getQuestion().getType() == Type.AAAA
                ? Replies.empty(query, Rcode.SERVFAIL)
                : Replies.answer(query, "@ 60 IN A 192.0.2.1"))) {
      ResponseCache cache = remembering(cache(Cache.Prefetch.OFF, Cache.Stale.OFF));
      LoopResolver resolver = resolver(cache, upstream);
      for (int i = 0; i < 3; i++) {
        resolve(resolver, "www.example.org");
      }
      var failing = new Question(Name.parse("www.example.org"), Type.AAAA, true, false, false);
      resolve(resolver, failing);
      resolve(resolver, failing);
      assertThat(cache.dataHits()).isEqualTo(2);
      assertThat(cache.negativeHits()).isEqualTo(1);
      assertThat(cache.misses()).isEqualTo(2);
    }
  }

  /// RFC 2308 section 5.
  @Test
  void remembersANegativeAnswerForTheMinimumOfTheSoa() {
    try (var upstream =
        FakeUpstream.answering(query -> Replies.negative(query, Rcode.NXDOMAIN, SOA))) {
      LoopResolver resolver =
          resolver(remembering(cache(Cache.Prefetch.OFF, Cache.Stale.OFF)), upstream);
      resolve(resolver, "no.example.org");
      advance(Duration.ofSeconds(29));
      resolve(resolver, "no.example.org");
      assertThat(upstream.received()).hasSize(1);

      advance(Duration.ofSeconds(1));
      resolve(resolver, "no.example.org");
      assertThat(upstream.received()).hasSize(2);
    }
  }

  /// No entry answers a question with another name, type, DO, CD or RD.
  @Test
  void neverAnswersAnotherQuestion() {
    try (FakeUpstream upstream =
        FakeUpstream.answering(query -> Replies.empty(query, Rcode.SERVFAIL))) {
      LoopResolver resolver =
          resolver(remembering(cache(Cache.Prefetch.OFF, Cache.Stale.OFF)), upstream);
      int asked = 0;
      for (String name : List.of("a.example.", "b.example.")) {
        for (int type : new int[] {Type.A, Type.AAAA}) {
          for (int bits = 0; bits < 8; bits++) {
            var question =
                new Question(
                    Name.parse(name), type, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            resolve(resolver, question);
            resolve(resolver, question);
            asked++;
            assertThat(upstream.received()).hasSize(asked);
          }
        }
      }
    }
  }

  /// RFC 9520 section 3.2: resolution failures are cached, five minutes at the most.
  @Test
  void remembersAFailureShortly() {
    try (var upstream = FakeUpstream.answering(query -> Replies.empty(query, Rcode.SERVFAIL))) {
      LoopResolver resolver =
          resolver(remembering(cache(Cache.Prefetch.OFF, Cache.Stale.OFF)), upstream);
      resolve(resolver, "bad.example.org");
      advance(Duration.ofSeconds(4));
      resolve(resolver, "bad.example.org");
      assertThat(upstream.received()).hasSize(1);
      advance(Duration.ofSeconds(1));
      resolve(resolver, "bad.example.org");
      assertThat(upstream.received()).hasSize(2);
    }
  }

  /// RFC 9520 section 3.2: "Resolvers MUST implement a cache for resolution failures", those
  /// without any reply included. RFC 8914 section 4.14 has the code.
  @Test
  void remembersThatNobodyAnswered() {
    try (FakeUpstream upstream = answering()) {
      upstream.behave(_ -> List.of());
      LoopResolver resolver =
          resolver(remembering(cache(Cache.Prefetch.OFF, Cache.Stale.OFF)), upstream);
      var first = (Resolution.Failed) resolve(resolver, "bad.example.org");
      assertThat(first.extendedError()).isEqualTo(ExtendedError.NETWORK_ERROR);
      int asked = upstream.received().size();

      advance(Duration.ofSeconds(4));
      assertThat(resolve(resolver, "bad.example.org"))
          .isEqualTo(new Resolution.Failed(ExtendedError.CACHED_ERROR, first.reason()));
      assertThat(upstream.received()).hasSize(asked);

      upstream.behave(
          received -> List.of(Replies.answer(received.query(), "@ 60 IN A 192.0.2.1").toWire()));
      advance(Duration.ofSeconds(1));
      assertThat(reply(resolve(resolver, "bad.example.org")).cached()).isFalse();
    }
  }

  /// RFC 8767 section 5: "attempts to refresh from non-responsive ... servers" wait for a while.
  @Test
  void doesNotAskAgainAtOnceWhileStaleDataWillDo() {
    try (FakeUpstream upstream = answering()) {
      LoopResolver resolver =
          resolver(remembering(cache(Cache.Prefetch.OFF, stale(true, Duration.ZERO))), upstream);
      resolve(resolver, "www.example.org");
      advance(Duration.ofSeconds(61));
      upstream.behave(_ -> List.of());
      assertThat(reply(resolve(resolver, "www.example.org")).stale()).isTrue();
      int asked = upstream.received().size();

      assertThat(reply(resolve(resolver, "www.example.org")).stale()).isTrue();
      assertThat(upstream.received()).hasSize(asked);
    }
  }

  @Test
  void remembersNothingThatWasCut() {
    try (var upstream =
        FakeUpstream.answering(query -> {
          Message reply = Replies.answer(query, "@ 60 IN A 192.0.2.1");
          reply.getHeader().setFlag(Flags.TC);
          return reply;
        })) {
      ResponseCache cache = remembering(cache(Cache.Prefetch.OFF, Cache.Stale.OFF));
      resolve(resolver(cache, upstream), "www.example.org");
      assertThat(cache.dataEntries()).isZero();
    }
  }

  /// RFC 8767 section 4: "stale data ... TTL of 30 seconds".
  @Test
  void servesStaleAndRefreshes() {
    try (FakeUpstream upstream = answering()) {
      LoopResolver resolver =
          resolver(remembering(cache(Cache.Prefetch.OFF, stale(false, Duration.ZERO))), upstream);
      resolve(resolver, "www.example.org");
      advance(Duration.ofSeconds(61));

      Resolution.Reply stale = reply(resolve(resolver, "www.example.org"));

      assertThat(stale.stale()).isTrue();
      assertThat(stale.ttlOverride()).isEqualTo(30);
      Awaitility.await().until(() -> upstream.received().size() == 2);
      Awaitility.await().until(() -> !reply(resolve(resolver, "www.example.org")).stale());
    }
  }

  @Test
  void verifiesBeforeItServesStale() {
    try (FakeUpstream upstream = answering()) {
      LoopResolver resolver =
          resolver(
              remembering(cache(Cache.Prefetch.OFF, stale(true, Duration.ofMillis(200)))),
              upstream);
      resolve(resolver, "www.example.org");
      advance(Duration.ofSeconds(61));
      assertThat(reply(resolve(resolver, "www.example.org")).stale()).isFalse();

      upstream.behave(_ -> List.of());
      advance(Duration.ofSeconds(61));
      assertThat(reply(resolve(resolver, "www.example.org")).stale()).isTrue();
    }
  }

  @Test
  void asksAgainForWhatIsPopular() {
    try (FakeUpstream upstream = answering()) {
      LoopResolver resolver =
          resolver(
              remembering(cache(new Cache.Prefetch(2, Duration.ofMinutes(1), 10), Cache.Stale.OFF)),
              upstream);
      resolve(resolver, "www.example.org");
      advance(Duration.ofSeconds(30));
      resolve(resolver, "www.example.org");
      advance(Duration.ofSeconds(25));
      assertThat(reply(resolve(resolver, "www.example.org")).ageSeconds()).isEqualTo(55);

      Awaitility.await().until(() -> upstream.received().size() == 2);
      Awaitility.await().until(() -> reply(resolve(resolver, "www.example.org")).ageSeconds() == 0);
      assertThat(upstream.received()).hasSize(2);

      advance(Duration.ofSeconds(30));
      assertThat(reply(resolve(resolver, "www.example.org")).ageSeconds())
          .as("what was refreshed outlives what it replaced")
          .isEqualTo(30);
      assertThat(upstream.received()).hasSize(2);
    }
  }

  @Test
  void handsTheQuestionOnAsToldByNext() {
    try (var first = FakeUpstream.answering(query -> Replies.negative(query, Rcode.NXDOMAIN, SOA));
        FakeUpstream second = answering()) {
      var resolver =
          new LoopResolver(null, List.of(group(first, Rcode.NXDOMAIN), group(second)), channels);

      assertThat(reply(resolve(resolver, "www.example.org")).reply().rcode()).isZero();
      assertThat(resolve(resolver, "a.except.org")).isInstanceOf(Resolution.NotForwarded.class);
    }
  }

  /// The bound is in octets, whatever the number of replies.
  @Test
  void staysWithinItsBound() {
    try (var upstream = FakeUpstream.answering(query -> Replies.answer(query, texts()))) {
      ResponseCache cache = remembering(cache(Cache.Prefetch.OFF, Cache.Stale.OFF));
      LoopResolver resolver = resolver(cache, upstream);
      for (int i = 0; i < 200; i++) {
        resolve(
            resolver,
            new Question(Name.parse("n" + i + ".example."), Type.TXT, true, false, false));
      }
      assertThat(cache.dataEntries()).isLessThan(70);
      assertThat(cache.dataEvictions() + cache.negativeEvictions()).isGreaterThan(100);
    }
  }

  private static String[] texts() {
    return new String[] {"@ 60 IN TXT " + "a".repeat(250), "@ 60 IN TXT " + "b".repeat(250)};
  }
}
