package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.dns.forward.TestForward;
import io.clusterzone.dns.forward.UpstreamGroup;
import io.clusterzone.dns.forward.WaitingRoom;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Scraped;
import io.clusterzone.dns.ops.ShedReason;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.zones.name.Name;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// Queries answered and shed under overload, through the real handler. The upstream answers
/// `known.example` and is silent about all else.
final class ShedTest {
  private static final String FLOODER = "192.0.2.2";
  private static final String POLITE = "192.0.2.3";
  private static final int MAX_CONCURRENT = 20;

  private final WaitingRoom room = new WaitingRoom();
  private MultiThreadIoEventLoopGroup group;
  private FakeUpstream upstream;
  private Counters counters;
  private ServerBlock block;
  private QueryHandler handler;
  private Log log;

  @BeforeEach
  void start() throws Exception {
    upstream = new FakeUpstream(ShedTest::react);
    group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    var channels =
        new LoopChannels((EventLoop) group.next(), NioDatagramChannel::new, NioSocketChannel::new);
    block =
        TestBlocks.at(".")
            .kubernetes(TestBlocks.zones(true, "cluster.local"), "cluster.local", "")
            .forwarding(forwarding())
            .block();
    counters = new Counters(1, List.of(block.scope(), Bench.UNMATCHED));
    log = Log.start(new StringBuilder(), 100);
    handler =
        group
            .submit(() ->
                new QueryHandler(
                    List.of(block),
                    Bench.UNMATCHED,
                    counters.loop(0),
                    log,
                    new Workbench(1, channels)))
            .get();
  }

  private static List<byte[]> react(FakeUpstream.Received received) {
    Message query = received.query();
    return switch (query.getQuestion().getName().toString().toLowerCase(Locale.ROOT)) {
      case "known.example." -> List.of(Replies.answer(query, "@ 60 IN A 192.0.2.1").toWire());
      case "refused.example." -> List.of(Replies.empty(query, Rcode.REFUSED).toWire());
      default -> List.of();
    };
  }

  private Forwarding forwarding() {
    TestForward forward =
        TestForward.to(upstream)
            .maxConcurrent(MAX_CONCURRENT)
            .maxAttempts(1)
            .attempt(Duration.ofMillis(1500));
    UpstreamGroup second = forward.group(room);
    var bounds = new Cache.Bounds(1000, 3600, 0, List.of());
    var cache =
        new ResponseCache(
            new Cache(
                List.of(Name.ROOT),
                bounds,
                bounds,
                Cache.Prefetch.OFF,
                Cache.Stale.OFF,
                Duration.ofSeconds(5),
                false),
            System::nanoTime);
    return new Forwarding(cache, List.of(forward.next(Rcode.REFUSED).group(room), second), null);
  }

  @AfterEach
  void stop() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    upstream.close();
    log.close();
  }

  private CapturedReply ask(String client, String name) throws Exception {
    return ask(new CapturedReply(Protocol.UDP, client), name);
  }

  private CapturedReply ask(CapturedReply sink, String name) throws Exception {
    Message question = Bench.question(name, Type.A);
    question.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), org.xbill.DNS.Section.ADDITIONAL);
    byte[] message = question.toWire();
    group.submit(() -> handler.handle(ByteBuffer.wrap(message), 0, message.length, sink)).get();
    return sink;
  }

  private static Message reply(CapturedReply sink) throws IOException {
    byte[] sent = sink.sent();
    assertThat(sent).as("dropped").isNotNull();
    return new Message(sent);
  }

  private static int rcode(CapturedReply sink) throws IOException {
    return sink.sent() == null ? -1 : reply(sink).getRcode();
  }

  private long shed(ShedReason reason) {
    return Scraped.count(
        counters,
        block.scope(),
        "clusterzone_shed_total",
        "reason",
        reason.name().toLowerCase(Locale.ROOT));
  }

  /// How many of the questions wait.
  private int flood(String client, int questions) throws Exception {
    int waiting = 0;
    for (int i = 0; i < questions; i++) {
      CapturedReply sink = ask(client, client + "-" + i + ".example");
      if (sink.waits()) {
        waiting++;
      } else {
        assertThat(rcode(sink)).isEqualTo(Rcode.SERVFAIL);
      }
    }
    return waiting;
  }

  @Test
  void aLoopThatIsBehindAnswersAllButWhatWouldWait() throws Exception {
    CapturedReply first = ask(POLITE, "known.example");
    Awaitility.await().until(() -> !first.waits());
    assertThat(reply(first).getRcode()).isEqualTo(Rcode.NOERROR);
    int asked = upstream.received().size();

    for (String name : List.of("web.cluster.local", "known.example")) {
      CapturedReply sink = ask(behind(), name);
      assertThat(rcode(sink)).as(name).isEqualTo(Rcode.NOERROR);
    }
    CapturedReply shed = ask(behind(), "unknown.example");

    assertThat(rcode(shed)).isEqualTo(Rcode.SERVFAIL);
    // RFC 8914 section 4.1: what no other code says is Other, with text for people.
    var error = (ExtendedErrorCodeOption) reply(shed).getOPT().getOptions(15).getFirst();
    assertThat(error.getErrorCode()).isZero();
    assertThat(error.getText()).isEqualTo("too many queries wait for an upstream");
    assertThat(upstream.received()).hasSize(asked);
    assertThat(shed(ShedReason.BEHIND)).isEqualTo(1);
    assertThat(room.taken()).isZero();
  }

  private static CapturedReply behind() {
    return new CapturedReply(Protocol.UDP, POLITE).fallenBehind();
  }

  /// The sink of a datagram is used again for the next one, which may be a flooder's.
  @Test
  void whoWaitsIsNotTakenForWhoCameLater() throws Exception {
    var sink = new CapturedReply(Protocol.UDP, POLITE);
    byte[] message = Bench.question("refused.example", Type.A).toWire();
    group
        .submit(() -> {
          handler.handle(ByteBuffer.wrap(message), 0, message.length, sink);
          sink.lendTo(FLOODER);
        })
        .get();
    Awaitility.await().until(() -> !sink.waits());
    assertThat(rcode(sink)).isEqualTo(Rcode.REFUSED);
    assertThat(upstream.received()).as("asked again by the next forward").hasSize(2);
    assertThat(shed(ShedReason.BEHIND)).isZero();
  }

  @Test
  void whatWaitsAlreadyIsNotAffected() throws Exception {
    CapturedReply waiting = ask(POLITE, "known.example");
    var _ = ask(behind(), "other.example");
    Awaitility.await().until(() -> !waiting.waits());
    assertThat(rcode(waiting)).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void aFloodOfOneClientLeavesPlacesToOthers() throws Exception {
    assertThat(flood(FLOODER, 100)).isEqualTo(MAX_CONCURRENT / 2);
    assertThat(shed(ShedReason.CLIENT)).isEqualTo(100 - MAX_CONCURRENT / 2);
    assertThat(flood(POLITE, 3)).isEqualTo(3);
    CapturedReply known = ask(POLITE, "known.example");
    Awaitility.await().until(() -> !known.waits());
    assertThat(rcode(known)).isEqualTo(Rcode.NOERROR);
  }

  /// All who wait cost memory, also those who wait for the same.
  @Test
  void thoseWhoWaitForTheSameTakePlacesToo() throws Exception {
    room.change(new Shed(4, 4, Shed.Reply.SERVFAIL));
    List<CapturedReply> sinks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sinks.add(ask("192.0.2." + i, "popular.example"));
    }
    assertThat(sinks.stream().filter(CapturedReply::waits)).hasSize(4);
    assertThat(shed(ShedReason.WAITING)).isEqualTo(6);
  }

  @Test
  void placesComeBackWhenTheUpstreamAnswersOrDoesNot() throws Exception {
    assertThat(flood(FLOODER, 100)).isEqualTo(MAX_CONCURRENT / 2);
    var _ = ask(POLITE, "known.example");
    Awaitility.await().until(() -> room.taken() == 0);
    assertThat(flood(FLOODER, 100)).isEqualTo(MAX_CONCURRENT / 2);
  }

  @ParameterizedTest
  @CsvSource({"SERVFAIL, 2", "REFUSED, 5", "DROP, -1"})
  void repliesAsConfigured(Shed.Reply reply, int rcode) throws Exception {
    room.change(new Shed(100, 0, reply));
    assertThat(rcode(ask(behind(), "unknown.example"))).isEqualTo(rcode);
  }

  /// As CoreDNS does, whatever `shed` says.
  @Test
  void whatIsBeyondMaxConcurrentIsRefused() throws Exception {
    room.change(new Shed(1000, 1000, Shed.Reply.DROP));
    for (int i = 0; i < MAX_CONCURRENT; i++) {
      assertThat(ask(POLITE, i + ".example").waits()).isTrue();
    }
    assertThat(rcode(ask(POLITE, "more.example"))).isEqualTo(Rcode.REFUSED);
    assertThat(shed(ShedReason.MAX_CONCURRENT)).isEqualTo(1);
  }

  @Test
  void namesOfTheClusterNeedNoPlace() throws Exception {
    room.change(new Shed(1, 1, Shed.Reply.DROP));
    assertThat(ask(FLOODER, "silent.example").waits()).isTrue();
    assertThat(rcode(ask(behind(), "web.cluster.local"))).isEqualTo(Rcode.NOERROR);
    assertThat(rcode(ask(behind(), "missing.cluster.local"))).isEqualTo(Rcode.NXDOMAIN);
  }
}
