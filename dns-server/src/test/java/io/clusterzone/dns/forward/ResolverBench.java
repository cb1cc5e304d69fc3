package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Forward.Transport;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.UpstreamCounters;
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
import java.util.function.UnaryOperator;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A [LoopResolver] with a cache, on an event loop of its own, over one upstream that does what a
/// test says.
final class ResolverBench implements AutoCloseable {
  /// Over what the upstream is asked.
  enum Over {
    UDP,
    TCP,
    TLS
  }

  /// The clock of the cache.
  final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

  final FakeUpstream upstream;
  final Upstream asked;
  final ResponseCache cache;
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final LoopChannels channels =
      new LoopChannels((EventLoop) group.next(), NioDatagramChannel::new, NioSocketChannel::new);
  private final UpstreamCounters counters = new UpstreamCounters();
  final UpstreamGroup upstreams;
  private final LoopResolver resolver;

  /// @param behaviour from a query to the messages that are sent back, in their order
  ResolverBench(Over over, Function<FakeUpstream.Received, List<byte[]>> behaviour) {
    this(over, 3600, behaviour);
  }

  /// @param maxTtlSeconds the cap on TTLs, of the cache and of the upstreams
  ResolverBench(
      Over over, int maxTtlSeconds, Function<FakeUpstream.Received, List<byte[]>> behaviour) {
    this(
        new FakeUpstream(behaviour, over == Over.TLS ? TestTls.server() : null),
        over,
        maxTtlSeconds,
        forward -> forward);
  }

  /// @param options changes how it forwards
  ResolverBench(FakeUpstream fake, UnaryOperator<TestForward> options) {
    this(fake, Over.UDP, 3600, options);
  }

  private ResolverBench(
      FakeUpstream fake, Over over, int maxTtlSeconds, UnaryOperator<TestForward> options) {
    upstream = fake;
    asked =
        over == Over.TLS
            ? new Upstream(upstream.address(), TestTls.client(), TestTls.NAME, counters)
            : new Upstream(upstream.address(), null, "", counters);
    TestForward forward =
        TestForward.to(asked)
            .over(over == Over.UDP ? Transport.AS_CLIENT : Transport.TCP)
            .maxTtlSeconds(maxTtlSeconds);
    upstreams = options.apply(forward).group();
    var bounds = new Cache.Bounds(10_000, maxTtlSeconds, 0, List.of());
    cache =
        new ResponseCache(
            new Cache(
                List.of(Name.ROOT),
                bounds,
                bounds,
                Cache.Prefetch.OFF,
                Cache.Stale.OFF,
                Duration.ofSeconds(5),
                false),
            nanos::get);
    resolver = new LoopResolver(cache, List.of(new LoopUpstreams(upstreams, channels)), channels);
  }

  static Question question(String name, int type) {
    return new Question(Name.parse(name), type, true, false, false);
  }

  Resolution resolve(String name) {
    return resolve(question(name, Type.A));
  }

  Resolution resolve(Question question) {
    return resolveLater(question, false).join();
  }

  CompletableFuture<Resolution> resolveLater(Question question, boolean overTcp) {
    var result = new CompletableFuture<Resolution>();
    channels
        .loop()
        .execute(() -> resolver.resolve(question, overTcp, TestAsker.KEEPING_UP, result::complete));
    return result.orTimeout(30, TimeUnit.SECONDS);
  }

  static Resolution.Reply reply(Resolution resolution) {
    assertThat(resolution).isInstanceOf(Resolution.Reply.class);
    return (Resolution.Reply) resolution;
  }

  static Message message(Resolution resolution) {
    try {
      return new Message(reply(resolution).agedMessage());
    } catch (IOException cause) {
      throw new AssertionError(cause);
    }
  }

  /// The data of the answer section.
  static List<String> answers(Resolution resolution) {
    return message(resolution).getSection(Section.ANSWER).stream()
        .map(Record::rdataToString)
        .toList();
  }

  /// Messages of the upstream that answered no query.
  long mismatches() {
    return counters.mismatches();
  }

  /// Questions that wait for the upstream.
  int waiting() {
    return upstreams.waiting();
  }

  @Override
  public void close() {
    upstream.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
