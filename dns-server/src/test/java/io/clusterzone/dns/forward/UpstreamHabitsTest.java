package io.clusterzone.dns.forward;

import static io.clusterzone.dns.forward.ResolverBench.answers;
import static io.clusterzone.dns.forward.ResolverBench.message;
import static io.clusterzone.dns.forward.ResolverBench.question;
import static io.clusterzone.dns.forward.ResolverBench.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.forward.FakeUpstream.Received;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Servers as they are: each does one thing that is not as it should be, and the name resolves.
final class UpstreamHabitsTest {
  private static final String NAME = "www.example.org.";
  private static final int FIRST_LETTER = 13;
  private static final String ADDRESS = "192.0.2.1";

  /// Short enough to wait for silence; on a loaded machine a reply that is late is asked for again.
  private static final Duration SHORT = Duration.ofMillis(100);

  /// A server's habit over TCP.
  enum Tcp {
    ANSWERS,
    HANGS,
    CLOSES,
    IS_REFUSED
  }

  /// @param cut whether what comes of it has TC
  /// @param tcpClient whether the client asks over TCP
  record Habit(
      String what,
      Function<Received, List<byte[]>> overUdp,
      Tcp tcp,
      boolean cut,
      boolean tcpClient) {
    Habit(String what, Function<Received, List<byte[]>> overUdp) {
      this(what, overUdp, Tcp.ANSWERS, false, false);
    }

    FakeUpstream start() throws IOException {
      var upstream = new FakeUpstream(this::react);
      return tcp == Tcp.IS_REFUSED ? upstream.withoutTcp() : upstream;
    }

    boolean isSilent() {
      return tcp == Tcp.HANGS || what.startsWith("silence");
    }

    private List<byte[]> react(Received received) {
      if (!received.tcp()) {
        return overUdp.apply(received);
      }
      return switch (tcp) {
        case ANSWERS -> good(received);
        case CLOSES -> List.of(FakeUpstream.HANG_UP);
        case HANGS, IS_REFUSED -> List.of();
      };
    }

    @Override
    public String toString() {
      return what + ", TCP " + tcp.name().toLowerCase(Locale.ROOT) + (tcpClient ? ", for TCP" : "");
    }
  }

  private static List<byte[]> good(Received received) {
    return List.of(Replies.answer(received.query(), "@ 300 IN A " + ADDRESS).toWire());
  }

  private static boolean hasOpt(Received received) {
    return received.query().getOPT() != null;
  }

  /// A server that answers what has an OPT record in its own way.
  private static Function<Received, List<byte[]>> toEdns(Function<Message, List<byte[]>> reaction) {
    return received -> hasOpt(received) ? reaction.apply(received.query()) : good(received);
  }

  private static byte[] withoutQuestion(Message query, int rcode) {
    var header = new Message(query.getHeader().getID());
    header.getHeader().setFlag(Flags.QR);
    header.getHeader().setRcode(rcode);
    return header.toWire();
  }

  private static List<byte[]> badVersion(Message query) {
    Message reply = Replies.empty(query, Rcode.NOERROR);
    reply.addRecord(new OPTRecord(512, Rcode.BADVERS >> 4, 0), Section.ADDITIONAL);
    return List.of(reply.toWire());
  }

  private static Function<Received, List<byte[]>> records(String... records) {
    return received -> List.of(Replies.answer(received.query(), records).toWire());
  }

  /// RFC 4343: a server may spell the question as it likes, all lower or all upper case.
  private static Function<Received, List<byte[]>> spelling(UnaryOperator<String> respelt) {
    return received -> {
      byte[] reply = good(received).getFirst();
      String name = new String(reply, FIRST_LETTER, NAME.length() - 1, StandardCharsets.US_ASCII);
      byte[] letters = respelt.apply(name).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(letters, 0, reply, FIRST_LETTER, letters.length);
      return List.of(reply);
    };
  }

  private static List<byte[]> cut(Received received) {
    Message reply = Replies.answer(received.query(), "@ 300 IN A " + ADDRESS);
    reply.getHeader().setFlag(Flags.TC);
    return List.of(reply.toWire());
  }

  /// Cut where the room ended, with the counts of the whole.
  private static List<byte[]> cutAnywhere(Received received) {
    Message reply =
        Replies.answer(received.query(), "@ 300 IN A " + ADDRESS, "@ 300 IN A 192.0.2.2");
    reply.getHeader().setFlag(Flags.TC);
    byte[] whole = reply.toWire();
    whole[6] = 1;
    return List.of(Arrays.copyOf(whole, whole.length - 7));
  }

  /// The address, and as many octets of text as make a message of that size.
  private static Function<Received, List<byte[]>> datagramOf(int octets) {
    return received -> {
      Message reply = Replies.answer(received.query(), "@ 300 IN A " + ADDRESS);
      for (int length = 0; length < octets; length += 200) {
        reply.addRecord(
            Replies.record(reply, "@ 300 IN TXT " + "a".repeat(200)), Section.ADDITIONAL);
      }
      return List.of(reply.toWire());
    };
  }

  private static Stream<Habit> habits() {
    List<Habit> all = new ArrayList<>();
    for (int rcode : List.of(Rcode.FORMERR, Rcode.NOTIMP)) {
      String error = Rcode.string(rcode);
      all.add(
          new Habit(
              error + " to EDNS", toEdns(query -> List.of(Replies.empty(query, rcode).toWire()))));
      all.add(
          new Habit(
              error + " without a question to EDNS",
              toEdns(query -> List.of(withoutQuestion(query, rcode)))));
    }
    all.add(new Habit("BADVERS to EDNS", toEdns(UpstreamHabitsTest::badVersion)));
    all.add(new Habit("silence to EDNS", toEdns(_ -> List.of())));
    all.add(
        new Habit(
            "the address before its alias",
            records("a.example. 60 IN A " + ADDRESS, "@ 60 IN CNAME a.example.")));
    all.add(
        new Habit(
            "the aliases backwards",
            records(
                "b.example. 60 IN CNAME c.example.",
                "a.example. 60 IN CNAME b.example.",
                "@ 60 IN CNAME a.example.",
                "c.example. 60 IN A " + ADDRESS)));
    all.add(new Habit("another class", records("@ 60 HS A 192.0.2.66", "@ 60 IN A " + ADDRESS)));
    for (Tcp tcp : Tcp.values()) {
      boolean part = tcp != Tcp.ANSWERS;
      all.add(
          new Habit(
              "lower case", spelling(name -> name.toLowerCase(Locale.ROOT)), tcp, false, false));
      all.add(
          new Habit(
              "upper case", spelling(name -> name.toUpperCase(Locale.ROOT)), tcp, false, false));
      all.add(new Habit("a part", UpstreamHabitsTest::cut, tcp, part, false));
      all.add(new Habit("a part, cut anywhere", UpstreamHabitsTest::cutAnywhere, tcp, part, false));
      all.add(new Habit("a datagram of 1500", datagramOf(1500), tcp, part, false));
      all.add(new Habit("a datagram of 9000", datagramOf(9000), tcp, part, false));
      all.add(new Habit("nothing", UpstreamHabitsTest::good, tcp, false, true));
      all.add(new Habit("a part", UpstreamHabitsTest::cut, tcp, part, true));
    }
    return all.stream();
  }

  private static ResolverBench bench(FakeUpstream upstream) {
    return new ResolverBench(upstream, forward -> forward);
  }

  /// One that soon gives an attempt up.
  private static ResolverBench impatient(FakeUpstream upstream) {
    return new ResolverBench(upstream, forward -> forward.attempt(SHORT).maxAttempts(200));
  }

  @ParameterizedTest
  @MethodSource("habits")
  void theNameResolves(Habit habit) throws IOException {
    try (var bench = habit.isSilent() ? impatient(habit.start()) : bench(habit.start())) {
      for (String name : List.of(NAME, "web.example.org.")) {
        Resolution resolution =
            bench.resolveLater(question(name, Type.A), habit.tcpClient()).join();
        assertThat(answers(resolution)).endsWith(ADDRESS).doesNotContain("192.0.2.66");
        assertThat(message(resolution).getHeader().getFlag(Flags.TC)).isEqualTo(habit.cut());
        assertThat(bench.cache.dataEntries() == 0).as("not remembered").isEqualTo(habit.cut());
      }
      assertThat(bench.asked.isDown(1)).isFalse();
    }
  }

  /// The questions that came, but for probes: with OPT `+`, without `-`.
  private static String asked(ResolverBench bench) {
    var asked = new StringBuilder();
    for (Received received : bench.upstream.received()) {
      if (received.query().getQuestion().getType() == Type.A) {
        asked.append(hasOpt(received) ? '+' : '-');
      }
    }
    return asked.toString();
  }

  /// RFC 6891 section 6.2.2: "the requestor MAY cache its knowledge".
  @Test
  void remembersWhoAnswersEdnsWithAnError() throws IOException {
    Function<Message, List<byte[]>> error = query -> List.of(withoutQuestion(query, Rcode.FORMERR));
    try (var bench = bench(new FakeUpstream(toEdns(error)))) {
      bench.resolve(NAME);
      bench.resolve("web.example.org.");
      assertThat(asked(bench)).isEqualTo("+--");
      assertThat(bench.upstreams.withoutEdns()).isEqualTo(1);
    }
  }

  /// The error may be about the question, and not about EDNS.
  @Test
  void remembersNothingOfWhoAnswersEverythingWithAnError() {
    try (var bench = bench(FakeUpstream.answering(query -> Replies.empty(query, Rcode.NOTIMP)))) {
      assertThat(reply(bench.resolve(NAME)).reply().rcode()).isEqualTo(Rcode.NOTIMP);
      assertThat(asked(bench)).isEqualTo("+-");
      assertThat(bench.upstreams.withoutEdns()).isZero();
    }
  }

  @Test
  void remembersWhoIsSilentToEdnsWhenChecksMetSilenceToo() {
    try (var bench = impatient(new FakeUpstream(toEdns(_ -> List.of())))) {
      assertThat(answers(bench.resolve(NAME))).containsExactly(ADDRESS);
      Awaitility.await().until(() -> bench.asked.edns().refusesOpt(System.nanoTime()));
      assertThat(bench.upstream.received().stream().filter(UpstreamHabitsTest::isProbe))
          .hasSize(EdnsSupport.CHECKS);
      String before = asked(bench);
      bench.resolve("web.example.org.");
      assertThat(asked(bench).substring(before.length())).matches("-+");
    }
  }

  private static boolean isProbe(Received received) {
    return received.query().getQuestion().getType() == Type.NS && hasOpt(received);
  }

  /// Nor is what a validating client got meanwhile remembered, which has no signatures.
  @Test
  void takesALostDatagramForALostDatagram() {
    try (var bench =
        new ResolverBench(
            FakeUpstream.silent(), forward -> forward.attempt(Duration.ofSeconds(1)))) {
      bench.upstream.behave(
          received -> bench.upstream.received().size() == 1 ? List.of() : good(received));
      var validating = new Question(question(NAME, Type.A).name(), Type.A, true, true, false);
      assertThat(answers(bench.resolve(validating))).containsExactly(ADDRESS);
      assertThat(bench.cache.dataEntries()).isZero();
      Awaitility.await().until(() -> bench.asked.edns().takesOpt(System.nanoTime()));
      bench.resolve(validating);
      assertThat(asked(bench)).isEqualTo("+-+");
      assertThat(bench.cache.dataEntries()).isEqualTo(1);
    }
  }

  @Test
  void bringsBackWhoIsSilentToEdns() {
    try (var bench =
        new ResolverBench(
            FakeUpstream.silent(),
            forward -> forward.attempt(SHORT).maxAttempts(10).probing(Duration.ofMillis(20)))) {
      bench.resolve(NAME);
      assertThat(bench.asked.isDown(2)).isTrue();
      bench.upstream.behave(toEdns(_ -> List.of()));
      Awaitility.await().until(() -> !bench.asked.isDown(2));
      assertThat(answers(bench.resolve("web.example.org."))).containsExactly(ADDRESS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED})
  void takesAnErrorWithoutAQuestionForAnAnswer(int rcode) {
    try (var bench =
        bench(new FakeUpstream(received -> List.of(withoutQuestion(received.query(), rcode))))) {
      assertThat(reply(bench.resolve(NAME)).reply().rcode()).isEqualTo(rcode);
      assertThat(bench.upstream.received()).hasSize(1);
    }
  }

  /// RFC 2308 section 2.1: a negative answer may come without an SOA, and is then for this client
  /// only.
  @ParameterizedTest
  @ValueSource(ints = {Rcode.NXDOMAIN, Rcode.NOERROR})
  void passesOnANegativeAnswerWithoutSoa(int rcode) {
    try (var bench = bench(FakeUpstream.answering(query -> Replies.empty(query, rcode)))) {
      for (int i = 1; i <= 2; i++) {
        assertThat(reply(bench.resolve(NAME)).reply().rcode()).isEqualTo(rcode);
        assertThat(asked(bench)).hasSize(i);
      }
    }
  }

  @Test
  void remembersWhoFoldsTheCaseAndHasNoTcp() throws IOException {
    Function<Received, List<byte[]>> upper = spelling(name -> name.toUpperCase(Locale.ROOT));
    try (var bench = bench(new FakeUpstream(upper).withoutTcp())) {
      bench.resolve(NAME);
      assertThat(asked(bench)).isEqualTo("++");
      assertThat(bench.asked.keepsCase(System.nanoTime())).isFalse();
      assertThat(bench.asked.keepsCase(System.nanoTime() + Upstream.CASE_MEMORY_NANOS)).isTrue();
      bench.resolve("web.example.org.");
      assertThat(asked(bench)).isEqualTo("+++");
    }
  }

  /// RFC 7766 section 6.2.1.1: replies to pipelined queries come in any order.
  @Test
  void takesAnswersOutOfOrder() {
    List<Received> held = new ArrayList<>();
    try (var bench =
        new ResolverBench(
            ResolverBench.Over.TCP,
            received -> {
              held.add(received);
              return held.size() < 2
                  ? List.of()
                  : Stream.of(held.get(1), held.get(0)).map(one -> good(one).getFirst()).toList();
            })) {
      CompletableFuture<Resolution> first = bench.resolveLater(question(NAME, Type.A), false);
      Resolution second = bench.resolve("web.example.org.");
      assertThat(answers(second)).containsExactly(ADDRESS);
      assertThat(answers(first.join())).containsExactly(ADDRESS);
    }
  }
}
