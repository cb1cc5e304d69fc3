package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Forward.Transport;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.dns.ops.ProxyMetrics;
import io.clusterzone.dns.ops.UpstreamCounters;
import io.clusterzone.zones.name.Name;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class LoopUpstreamsTest {
  private static final Question QUESTION = question("www.Example.org.");
  private static final String ADDRESS = "@ 300 IN A 192.0.2.1";

  private static MultiThreadIoEventLoopGroup group;
  private static final WaitingRoom ROOM = new WaitingRoom();

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

  private static Question question(String name) {
    return new Question(Name.parse(name), Type.A, true, false, false);
  }

  private static UpstreamGroup group(List<Upstream> upstreams) {
    return TestForward.to(upstreams)
        .probing(Duration.ofMillis(20))
        .attempt(Duration.ofMillis(1500))
        .group(ROOM);
  }

  private static LoopUpstreams upstreams(FakeUpstream... upstreams) {
    List<Upstream> all =
        Stream.of(upstreams)
            .map(one -> new Upstream(one.address(), null, "", new UpstreamCounters()))
            .toList();
    return new LoopUpstreams(group(all), channels);
  }

  private static CompletableFuture<Resolution> ask(LoopUpstreams upstreams, Question question) {
    var result = new CompletableFuture<Resolution>();
    channels
        .loop()
        .execute(() -> upstreams.ask(question, false, TestAsker.next(), result::complete));
    return result.orTimeout(30, TimeUnit.SECONDS);
  }

  private static Message answered(Resolution result) throws IOException {
    assertThat(result).isInstanceOf(Resolution.Reply.class);
    return new Message(((Resolution.Reply) result).reply().message());
  }

  @Test
  void passesOnWhatWasAsked() throws IOException {
    try (var upstream = FakeUpstream.answering(query -> Replies.answer(query, ADDRESS))) {
      Message reply = answered(ask(upstreams(upstream), QUESTION).join());

      assertThat(reply.getSection(Section.ANSWER)).singleElement().asString().contains("192.0.2.1");
    }
  }

  @Test
  void countsRepliesByResponseCodeAndConnectionsByProtocol() throws IOException {
    var proxies = new ProxyMetrics();
    try (var upstream =
        FakeUpstream.answering(query -> {
          Message reply = Replies.answer(query, ADDRESS);
          reply.getHeader().setRcode(Rcode.NXDOMAIN);
          return reply;
        })) {
      var counted = new Upstream(upstream.address(), null, "", proxies.of("192.0.2.1:53"));
      ask(new LoopUpstreams(group(List.of(counted)), channels), QUESTION).join();
      String labels = "{proxy_name=\"forward\",to=\"192.0.2.1:53\",";
      assertThat(new Metrics(List.of(proxies)).text())
          .contains(
              "coredns_proxy_request_duration_seconds_count" + labels + "rcode=\"NXDOMAIN\"} 1\n",
              "coredns_proxy_conn_cache_misses_total" + labels + "proto=\"udp\"} 1\n");
    }
  }

  /// RFC 6891 section 6.1.1: the OPT record is hop by hop.
  @Test
  void sendsAnOptRecordOfItsOwn() {
    try (var upstream = FakeUpstream.answering(query -> Replies.answer(query, ADDRESS))) {
      ask(upstreams(upstream), QUESTION).join();

      Message query = upstream.received().getFirst().query();
      assertThat(query.getOPT().getPayloadSize()).isEqualTo(OutgoingQuery.UDP_SIZE);
      assertThat(query.getOPT().getOptions()).isEmpty();
      assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
    }
  }

  /// RFC 5452 section 9.1: the reply must match the id and the question of the query.
  @Test
  void waitsPastRepliesThatAnswerAnotherQuery() throws IOException {
    try (var upstream =
        new FakeUpstream(received -> {
          Message query = received.query();
          Message otherId = Replies.answer(query, "@ 300 IN A 192.0.2.66");
          otherId.getHeader().setID(query.getHeader().getID() ^ 1);
          byte[] otherType = Replies.answer(query, "@ 300 IN A 192.0.2.66").toWire();
          otherType[12 + QUESTION.name().length() + 1] ^= 1;
          byte[] otherClass = Replies.answer(query, "@ 300 IN A 192.0.2.66").toWire();
          otherClass[12 + QUESTION.name().length() + 3] = 3;
          byte[] otherName = Replies.answer(query, "@ 300 IN A 192.0.2.66").toWire();
          otherName[13] = '-';
          byte[] aQuery = query.toWire();
          byte[] stub = {1, 2, 3};
          return List.of(
              otherId.toWire(),
              otherType,
              otherClass,
              otherName,
              aQuery,
              stub,
              Replies.answer(query, ADDRESS).toWire());
        })) {
      LoopUpstreams upstreams = upstreams(upstream);

      Message reply = answered(ask(upstreams, QUESTION).join());

      assertThat(reply.getSection(Section.ANSWER)).singleElement().asString().contains("192.0.2.1");
      assertThat(upstreams.group().upstreams().getFirst().counters().mismatches()).isEqualTo(6);
    }
  }

  @Test
  void asksOverTcpWhenTheCaseOfTheNameIsNotKept() throws IOException {
    try (var upstream =
        new FakeUpstream(received -> {
          byte[] reply =
              Replies.answer(received.query(), received.tcp() ? ADDRESS : "@ 1 IN A 192.0.2.66")
                  .toWire();
          if (!received.tcp()) {
            reply[13] ^= 0x20;
          }
          return List.of(reply);
        })) {
      Message reply = answered(ask(upstreams(upstream), QUESTION).join());

      assertThat(reply.getSection(Section.ANSWER)).singleElement().asString().contains("192.0.2.1");
      assertThat(upstream.received())
          .extracting(FakeUpstream.Received::tcp)
          .containsExactly(false, true);
    }
  }

  /// RFC 7766 section 5: a reply with TC is asked for again over TCP.
  @Test
  void asksOverTcpWhenTheReplyIsCut() throws IOException {
    try (var upstream =
        new FakeUpstream(received -> {
          Message reply = Replies.empty(received.query(), Rcode.NOERROR);
          reply.getHeader().setFlag(Flags.TC);
          return List.of(
              received.tcp() ? Replies.answer(received.query(), ADDRESS).toWire() : reply.toWire());
        })) {
      Message reply = answered(ask(upstreams(upstream), QUESTION).join());

      assertThat(reply.getHeader().getFlag(Flags.TC)).isFalse();
      assertThat(reply.getSection(Section.ANSWER)).hasSize(1);
    }
  }

  @Test
  void asksTheNextWhenOneIsSilent() throws IOException {
    try (var silent = FakeUpstream.silent();
        var upstream = FakeUpstream.answering(query -> Replies.answer(query, ADDRESS))) {
      assertThat(answered(ask(upstreams(silent, upstream), QUESTION).join())).isNotNull();
      assertThat(upstream.received()).hasSize(1);
    }
  }

  @Test
  void asksTheNextWhenOneSendsWhatDoesNotParse() throws IOException {
    try (var broken =
            new FakeUpstream(received -> {
              byte[] reply = Replies.answer(received.query(), ADDRESS).toWire();
              reply[7] = (byte) 200;
              return List.of(reply);
            });
        var upstream = FakeUpstream.answering(query -> Replies.answer(query, ADDRESS))) {
      assertThat(answered(ask(upstreams(broken, upstream), QUESTION).join())).isNotNull();
    }
  }

  @Test
  void saysWhyNobodyAnswered() {
    var nobody = new FakeUpstream(_ -> List.of());
    InetSocketAddress closed = nobody.address();
    nobody.close();
    var upstreams =
        new LoopUpstreams(
            group(List.of(new Upstream(closed, null, "", new UpstreamCounters()))), channels);

    Resolution result = ask(upstreams, QUESTION).join();

    assertThat(result).isInstanceOf(Resolution.Failed.class);
    assertThat(((Resolution.Failed) result).reason()).contains(closed.getPort() + "");
  }

  /// RFC 5452 section 5: many equal queries at once make guessing easy.
  @Test
  void asksOnceForManyWhoAskTheSame() {
    try (var upstream =
        new FakeUpstream(received -> {
          java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
          return List.of(Replies.answer(received.query(), ADDRESS).toWire());
        })) {
      LoopUpstreams upstreams = upstreams(upstream);
      var all = new ArrayList<CompletableFuture<Resolution>>();
      for (int i = 0; i < 1000; i++) {
        all.add(ask(upstreams, i % 2 == 0 ? QUESTION : question("WWW.example.ORG.")));
      }
      all.forEach(CompletableFuture::join);

      assertThat(upstream.received()).hasSize(1);
      assertThat(upstreams.group().waiting()).isZero();
    }
  }

  @Test
  void refusesWhatIsBeyondTheBound() {
    try (var upstream = FakeUpstream.silent()) {
      var upstreams =
          new LoopUpstreams(
              TestForward.to(upstream)
                  .maxConcurrent(3)
                  .maxAttempts(1)
                  .attempt(Duration.ofMillis(1500))
                  .group(ROOM),
              channels);
      var all = new ArrayList<CompletableFuture<Resolution>>();
      for (int i = 0; i < 5; i++) {
        all.add(ask(upstreams, question("n" + i + ".example.org.")));
      }

      assertThat(all.stream().map(CompletableFuture::join))
          .filteredOn(Resolution.Shed.class::isInstance)
          .hasSize(2);
      assertThat(upstreams.group().rejected()).isEqualTo(2);
      assertThat(upstreams.group().waiting()).isZero();
    }
  }

  /// A half-open connection that is never without a question would otherwise be used for ever.
  @Test
  void leavesAConnectionOnWhichNothingComes() {
    try (var upstream = FakeUpstream.silent()) {
      UpstreamGroup overTcp =
          TestForward.to(upstream).over(Transport.TCP).attempt(Duration.ofMillis(1500)).group();
      var upstreams = new LoopUpstreams(overTcp, channels);
      askOverTcp(upstreams, question("first.example.org."));
      long askedNanos = System.nanoTime();
      Awaitility.await().until(() -> System.nanoTime() - askedNanos > 700_000_000);
      askOverTcp(upstreams, question("second.example.org."));

      Awaitility.await().until(() -> portsOf(upstream, "first").size() == 2);
      assertThat(portsOf(upstream, "first")).doesNotHaveDuplicates();
      assertThat(portsOf(upstream, "second").getFirst())
          .isEqualTo(portsOf(upstream, "first").getFirst());
    }
  }

  private static void askOverTcp(LoopUpstreams upstreams, Question question) {
    channels.loop().execute(() -> upstreams.ask(question, true, TestAsker.next(), _ -> {}));
  }

  private static List<Integer> portsOf(FakeUpstream upstream, String label) {
    return upstream.received().stream()
        .filter(one ->
            one.query()
                .getQuestion()
                .getName()
                .toString()
                .toLowerCase(java.util.Locale.ROOT)
                .startsWith(label))
        .map(FakeUpstream.Received::sourcePort)
        .toList();
  }

  @Test
  void takesADeadUpstreamOutAndBackIn() {
    try (var flaky = FakeUpstream.silent();
        var steady = FakeUpstream.answering(query -> Replies.answer(query, ADDRESS))) {
      LoopUpstreams upstreams = upstreams(flaky, steady);
      Upstream first = upstreams.group().upstreams().getFirst();
      ask(upstreams, QUESTION).join();

      Awaitility.await().until(() -> first.isDown(2));
      int asked = flaky.received().size();
      assertThat(ask(upstreams, QUESTION).join()).isInstanceOf(Resolution.Reply.class);
      assertThat(
              flaky.received().subList(asked, flaky.received().size()).stream()
                  .map(one -> one.query().getQuestion().getType()))
          .doesNotContain(Type.A);

      flaky.behave(received -> List.of(Replies.answer(received.query(), "@ 1 IN NS a.").toWire()));
      Awaitility.await().until(() -> !first.isDown(2));
    }
  }

  /// RFC 5452 section 9.2: ids and source ports that nobody can predict.
  @Test
  void drawsIdsPortsAndSpellings() {
    try (var upstream = FakeUpstream.answering(query -> Replies.answer(query, ADDRESS))) {
      LoopUpstreams upstreams = upstreams(upstream);
      int queries = 200;
      for (int i = 0; i < queries; i++) {
        ask(upstreams, QUESTION).join();
      }
      Set<Object> ids = new HashSet<>();
      Set<Object> ports = new HashSet<>();
      Set<Object> spellings = new HashSet<>();
      for (FakeUpstream.Received one : upstream.received()) {
        ids.add(one.query().getHeader().getID());
        ports.add(one.sourcePort());
        spellings.add(one.query().getQuestion().getName().toString());
      }
      // Neighbours of neighbouring queries would be as good as known.
      List<Integer> inOrder =
          upstream.received().stream().map(FakeUpstream.Received::sourcePort).toList();
      long close =
          IntStream.range(1, queries)
              .filter(i -> Math.abs(inOrder.get(i) - inOrder.get(i - 1)) <= 64)
              .count();
      assertThat(close).isLessThan(queries / 10);
      assertThat(ids).hasSizeGreaterThan(queries * 9 / 10);
      assertThat(ports).hasSizeGreaterThan(queries * 9 / 10);
      assertThat(spellings).hasSizeGreaterThan(queries * 8 / 10);
    }
  }
}
