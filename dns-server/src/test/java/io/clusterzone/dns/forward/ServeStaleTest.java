package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.forward.reply.CleanedReply;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.ReplyCleaner;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.forward.reply.TtlCaps;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.zones.name.Name;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Every way of using expired replies against every way in which an upstream fails (RFC 8767). The
/// clock is the test's own.
final class ServeStaleTest {
  private static final Duration FAILURE_TTL = Duration.ofSeconds(5);
  private static final Duration RECHECK = Duration.ofSeconds(40);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String SOA = "example.org. 60 IN SOA a. b. 1 2 3 4 60";
  private static final Question QUESTION =
      new Question(Name.parse("www.example.org."), Type.A, true, false, false);

  /// When an expired reply is used.
  enum Mode {
    IMMEDIATE(false, Duration.ZERO),
    VERIFY(true, Duration.ZERO),
    VERIFY_FOR_A_WHILE(true, Duration.ofSeconds(30));

    private final boolean verify;
    private final Duration timeout;

    Cache.Stale options(boolean preferData) {
      return new Cache.Stale(Duration.ofHours(1), verify, timeout, 30, RECHECK, preferData);
    }

    Mode(boolean verify, Duration timeout) {
      this.verify = verify;
      this.timeout = timeout;
    }
  }

  /// The failures of an upstream that say nothing of the name.
  enum Failing {
    SILENT,
    UNREACHABLE,
    GARBAGE,
    SERVFAIL,
    REFUSED,
    FORMERR,
    NOTIMP;

    void begin(FakeUpstream upstream) {
      switch (this) {
        case SILENT -> upstream.behave(_ -> List.of());
        case UNREACHABLE -> upstream.close();
        case GARBAGE ->
            upstream.behave(received ->
                List.of(cut(Replies.answer(received.query(), "@ 1 A 1.1.1.1").toWire())));
        case SERVFAIL, REFUSED, FORMERR, NOTIMP ->
            upstream.behave(
                received -> List.of(Replies.empty(received.query(), Rcode.value(name())).toWire()));
      }
    }

    private static byte[] cut(byte[] message) {
      return java.util.Arrays.copyOf(message, message.length - 3);
    }
  }

  /// The upstream's reply before it failed.
  enum Known {
    DATA,
    NODATA,
    NXDOMAIN;

    Message reply(Message query) {
      return switch (this) {
        case DATA -> Replies.answer(query, "@ 60 IN A 192.0.2.1");
        case NODATA -> Replies.negative(query, Rcode.NOERROR, SOA);
        case NXDOMAIN -> Replies.negative(query, Rcode.NXDOMAIN, SOA);
      };
    }

    Resolution resolution() throws IOException {
      Record asked =
          Record.newRecord(
              org.xbill.DNS.Name.fromConstantString("www.example.org."), Type.A, DClass.IN);
      byte[] reply = reply(Message.newQuery(asked)).toWire();
      var cleaned = (CleanedReply.Usable) ReplyCleaner.clean(QUESTION, reply, TtlCaps.of(3600));
      return new Resolution.Reply(cleaned.reply(), 0, Resolution.Reply.COUNT_DOWN, false, false);
    }

    boolean isSaidBy(Resolution.Reply reply) {
      return switch (this) {
        case DATA -> reply.reply().rcode() == Rcode.NOERROR && !reply.reply().isNegative();
        case NODATA -> reply.reply().isNegative() && reply.reply().rcode() == Rcode.NOERROR;
        case NXDOMAIN -> reply.reply().rcode() == Rcode.NXDOMAIN;
      };
    }
  }

  private static MultiThreadIoEventLoopGroup group;
  private static LoopChannels channels;

  private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

  @SuppressWarnings("NullAway.Init") // by serve
  private FakeUpstream upstream;

  @SuppressWarnings("NullAway.Init") // by serve
  private ResponseCache cache;

  @SuppressWarnings("NullAway.Init") // by serve
  private LoopResolver resolver;

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

  @AfterEach
  void stopUpstream() {
    upstream.close();
  }

  /// Begins with an upstream that fails, and a reply that has expired.
  private void serve(Mode mode, Failing failing, Known known) throws IOException {
    serve(mode.options(false), failing, known);
  }

  private void serve(Cache.Stale stale, Failing failing, Known known) throws IOException {
    upstream = FakeUpstream.silent();
    failing.begin(upstream);
    var bounds = new Cache.Bounds(100, 3600, 0, List.of());
    cache =
        new ResponseCache(
            new Cache(
                List.of(Name.ROOT), bounds, bounds, Cache.Prefetch.OFF, stale, FAILURE_TTL, false),
            nanos::get);
    UpstreamGroup upstreams =
        TestForward.to(upstream)
            .maxAttempts(1)
            .attempt(failing == Failing.SILENT ? SHORT : LONG)
            .group();
    resolver = new LoopResolver(cache, List.of(new LoopUpstreams(upstreams, channels)), channels);
    cache.put(QUESTION, known.resolution(), nanos.get());
    assertThat(ask().stale()).isFalse();
    advance(Duration.ofSeconds(61));
  }

  private void answer(Function<Message, Message> answer) {
    upstream.behave(received -> List.of(answer.apply(received.query()).toWire()));
  }

  private Resolution.Reply ask() {
    var result = new CompletableFuture<Resolution>();
    channels
        .loop()
        .execute(() -> resolver.resolve(QUESTION, false, TestAsker.KEEPING_UP, result::complete));
    Resolution resolution = result.orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(resolution).isInstanceOf(Resolution.Reply.class);
    return (Resolution.Reply) resolution;
  }

  private static ConditionFactory await() {
    return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void assertStale(Resolution.Reply reply, Known known) {
    assertThat(reply.stale()).isTrue();
    assertThat(known.isSaidBy(reply)).isTrue();
    assertThat(reply.ttlOverride()).as("RFC 8767 section 4").isEqualTo(30);
  }

  private static Stream<Arguments> everyFailure() {
    return Stream.of(Mode.values())
        .flatMap(mode ->
            Stream.of(Failing.values())
                .flatMap(failing ->
                    Stream.of(Known.values()).map(known -> Arguments.of(mode, failing, known))));
  }

  /// RFC 8767 section 4: stale data may be used where "no authoritative answer" is had; section 5
  /// has a timer until the next attempt. What is remembered of a failure hides nothing.
  @ParameterizedTest
  @MethodSource("everyFailure")
  void answersWithWhatHasExpired(Mode mode, Failing failing, Known known) throws IOException {
    serve(mode, failing, known);

    for (int round = 0; round < 2; round++) {
      assertStale(ask(), known);
      await().until(() -> cache.failedLately(QUESTION, nanos.get()));
      int asked = upstream.received().size();
      for (int i = 0; i < 3; i++) {
        assertStale(ask(), known);
      }
      assertThat(upstream.received()).as("while a failure is remembered").hasSize(asked);
      advance(RECHECK);
    }
  }

  /// A name that no longer exists, or has no such data any more, and how that is said.
  enum Negative {
    NXDOMAIN,
    NODATA,
    NXDOMAIN_WITHOUT_SOA,
    NODATA_WITHOUT_SOA;

    Message reply(Message query) {
      return switch (this) {
        case NXDOMAIN -> Replies.negative(query, Rcode.NXDOMAIN, SOA);
        case NODATA -> Replies.negative(query, Rcode.NOERROR, SOA);
        case NXDOMAIN_WITHOUT_SOA -> Replies.empty(query, Rcode.NXDOMAIN);
        case NODATA_WITHOUT_SOA -> Replies.empty(query, Rcode.NOERROR);
      };
    }
  }

  private static Stream<Arguments> everyNegative() {
    return Stream.of(Mode.values())
        .flatMap(
            mode -> Stream.of(Negative.values()).map(negative -> Arguments.of(mode, negative)));
  }

  /// RFC 8767 section 4: "NXDOMAIN or NOERROR with no data ... replaces" what was known.
  @ParameterizedTest
  @MethodSource("everyNegative")
  void aNegativeAnswerEndsIt(Mode mode, Negative negative) throws IOException {
    serve(mode, Failing.SERVFAIL, Known.DATA);
    answer(negative::reply);

    await().until(() -> !ask().stale());
    assertThat(ask().reply().isNegative()).isTrue();

    advance(Duration.ofSeconds(61));
    Failing.SERVFAIL.begin(upstream);
    assertThat(Known.DATA.isSaidBy(ask())).as("once it was negative").isFalse();
  }

  /// A failure that comes to an end is forgotten at once.
  @ParameterizedTest
  @EnumSource(Mode.class)
  void freshDataEndsIt(Mode mode) throws IOException {
    serve(mode, Failing.REFUSED, Known.NXDOMAIN);
    assertStale(ask(), Known.NXDOMAIN);
    await().until(() -> cache.failedLately(QUESTION, nanos.get()));

    answer(Known.DATA::reply);
    advance(RECHECK);
    await().until(() -> !ask().stale());
    assertThat(Known.DATA.isSaidBy(ask())).isTrue();
    assertThat(cache.failedLately(QUESTION, nanos.get())).isFalse();
  }

  /// CoreDNS's `prefer_positive`: data stays in use while a later reply denies it.
  @ParameterizedTest
  @MethodSource("everyNegative")
  void aNegativeAnswerDoesNotEndDataThatIsPreferred(Mode mode, Negative negative)
      throws IOException {
    serve(mode.options(true), Failing.SERVFAIL, Known.DATA);
    answer(negative::reply);

    assertStale(ask(), Known.DATA);
    await().until(() -> cache.failedLately(QUESTION, nanos.get()));
    assertStale(ask(), Known.DATA);

    advance(RECHECK);
    answer(Known.DATA::reply);
    await().until(() -> !ask().stale());
    assertThat(Known.DATA.isSaidBy(ask())).isTrue();
  }

  /// What is remembered of a failure is an answer for its own time only.
  @Test
  void aFailureIsNoAnswerOnceItsTimeIsOver() throws IOException {
    serve(Mode.VERIFY, Failing.SERVFAIL, Known.DATA);
    assertStale(ask(), Known.DATA);
    assertThat(cache.failure(QUESTION, nanos.get())).isNotNull();

    advance(FAILURE_TTL);

    assertThat(cache.failure(QUESTION, nanos.get())).isNull();
    assertThat(cache.failedLately(QUESTION, nanos.get())).isTrue();
  }

  /// RFC 8767 section 5 has a client response timer: who comes after it has run out does not wait
  /// for the same attempt once more.
  @Test
  void doesNotWaitAgainForAnAttemptThatIsOverdue() throws IOException {
    var impatient = new Cache.Stale(Duration.ofHours(1), true, SHORT, 17, RECHECK, false);
    serve(impatient, Failing.SERVFAIL, Known.DATA);
    upstream.behave(_ -> List.of());

    assertThat(ask().ttlOverride()).isEqualTo(17);
    int asked = upstream.received().size();
    assertThat(ask().stale()).isTrue();
    assertThat(cache.failedLately(QUESTION, nanos.get())).isFalse();
    assertThat(upstream.received()).hasSize(asked);
  }

  /// Part of an answer replaces nothing that is whole.
  @ParameterizedTest
  @EnumSource(Mode.class)
  void aTruncatedReplyEndsNothing(Mode mode) throws IOException {
    serve(mode, Failing.SERVFAIL, Known.DATA);
    answer(query -> {
      Message part = Replies.answer(query, "@ 60 IN A 192.0.2.9");
      part.getHeader().setFlag(Flags.TC);
      return part;
    });
    ask();
    await().until(() -> !upstream.received().isEmpty());
    Failing.SERVFAIL.begin(upstream);
    await().until(() -> ask().stale());
  }
}
