package io.clusterzone.dns.forward;

import static io.clusterzone.dns.forward.ResolverBench.answers;
import static io.clusterzone.dns.forward.ResolverBench.message;
import static io.clusterzone.dns.forward.ResolverBench.question;
import static io.clusterzone.dns.forward.ResolverBench.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.forward.ResolverBench.Over;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.query.LeakWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// An upstream, or somebody who poses as one, that answers another question than ours, or more than
/// was asked: over UDP, TCP and TLS.
final class HostileUpstreamTest {
  private static final String NAME = "www.example.org.";
  private static final String VICTIM = "bank.example.com.";
  private static final int NAME_LENGTH = 17;
  private static final int TYPE = 12 + NAME_LENGTH;
  private static final String RIGHT = "192.0.2.1";
  private static final String WRONG = "192.0.2.66";

  /// A reply with one thing wrong.
  record Forgery(String what, UnaryOperator<byte[]> of) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Forgery changed(String what, int octet, int bits) {
    return new Forgery(
        what,
        reply -> {
          byte[] forged = reply.clone();
          forged[octet] ^= (byte) bits;
          return forged;
        });
  }

  private static byte[] withoutQuestion(byte[] reply, int rcode) {
    byte[] header = Arrays.copyOf(reply, 12);
    header[3] = (byte) rcode;
    Arrays.fill(header, 4, 12, (byte) 0);
    return header;
  }

  private static List<Forgery> forgeries() {
    return List.of(
        changed("the id", 1, 1),
        changed("the other half of the id", 0, 0x80),
        changed("the name", 13, 1),
        changed("the last letter of the name", TYPE - 2, 1),
        changed("the length of a label", 12, 1),
        changed("the type", TYPE + 1, 1),
        changed("the class", TYPE + 3, 2),
        changed("a query, no response", 2, 0x80),
        changed("an opcode", 2, 0x20),
        changed("another opcode", 2, 0x28),
        changed("no question", 5, 1),
        new Forgery("no name, and no question", reply -> withoutQuestion(reply, Rcode.NXDOMAIN)),
        changed("two questions", 5, 3),
        changed("256 questions more", 4, 1),
        new Forgery("nothing", _ -> new byte[0]),
        new Forgery("three octets", reply -> Arrays.copyOf(reply, 3)),
        new Forgery("a header", reply -> Arrays.copyOf(reply, 12)),
        new Forgery("half a question", reply -> Arrays.copyOf(reply, TYPE)));
  }

  private static Stream<Arguments> forgeriesOverEverything() {
    return Stream.of(Over.values())
        .flatMap(over -> forgeries().stream().map(forgery -> Arguments.of(over, forgery)));
  }

  private static byte[] answer(FakeUpstream.Received received, String address) {
    return Replies.answer(received.query(), "@ 300 IN A " + address).toWire();
  }

  /// RFC 5452 section 9.1: "A resolver implementation MUST match responses to all of the following
  /// attributes of the query", among them id, name, class and type. What does not match is dropped
  /// and counted, the wait goes on, and nothing of it is remembered.
  @ParameterizedTest
  @MethodSource("forgeriesOverEverything")
  void whatAnswersAnotherQuestionIsDroppedAndTheRightReplyUsed(Over over, Forgery forgery) {
    try (var bench =
        new ResolverBench(
            over,
            received ->
                List.of(forgery.of().apply(answer(received, WRONG)), answer(received, RIGHT)))) {
      assertThat(answers(bench.resolve(NAME))).containsExactly(RIGHT);
      assertThat(bench.mismatches()).isEqualTo(1);
      assertThat(answers(bench.resolve(NAME))).as("remembered").containsExactly(RIGHT);
      assertThat(bench.upstream.received()).hasSize(1);
    }
  }

  /// RFC 5452 section 9.1 has addresses and ports among the attributes. The kernel compares them:
  /// it passes on what comes from the upstream's address and port alone.
  @Test
  void whatComesFromAnotherAddressOrPortNeverArrives() {
    try (var bench = new ResolverBench(Over.UDP, _ -> List.of())) {
      int port = bench.upstream.address().getPort();
      bench.upstream.behave(received -> {
        sendFrom("127.0.0.1", 0, received);
        sendFrom("127.0.0.2", port, received);
        return List.of(answer(received, RIGHT));
      });
      assertThat(answers(bench.resolve(NAME))).containsExactly(RIGHT);
      assertThat(answers(bench.resolve(NAME))).containsExactly(RIGHT);
      assertThat(bench.upstream.received()).hasSize(1);
    }
  }

  private static void sendFrom(String source, int port, FakeUpstream.Received received) {
    byte[] forged = answer(received, WRONG);
    try (var socket = new DatagramSocket(port, InetAddress.ofLiteral(source))) {
      InetAddress client = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(forged, forged.length, client, received.sourcePort()));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /// Who guesses id and port has the case of each letter to guess too: such a reply is not used,
  /// and the question is asked where nobody can guess.
  @Test
  void anotherSpellingOverUdpIsNotUsedAndAskedForOverTcp() {
    try (var bench = new ResolverBench(Over.UDP, _ -> List.of())) {
      bench.upstream.behave(received -> {
        byte[] forged = answer(received, WRONG);
        forged[14] ^= 0x20;
        byte[] right = answer(received, RIGHT);
        return received.tcp() ? List.of(right) : List.of(forged, answer(received, WRONG));
      });
      assertThat(answers(bench.resolve(NAME))).containsExactly(RIGHT);
      assertThat(bench.mismatches()).isEqualTo(1);
      assertThat(answers(bench.resolve(NAME))).containsExactly(RIGHT);
      assertThat(bench.upstream.received()).hasSize(2);
    }
  }

  /// RFC 2181 section 5.4.1: "Unauthenticated RRs received and cached from the least trustworthy of
  /// those groupings ... should not be cached in such a way that they would ever be returned as
  /// answers to a received query."
  @ParameterizedTest
  @EnumSource
  void whatWasNotAskedForIsNeitherPassedOnNorRemembered(Over over) {
    try (var bench = new ResolverBench(over, received -> List.of(unsolicited(received)))) {
      Message seen = message(bench.resolve(NAME));
      assertThat(seen.getSection(Section.ANSWER)).hasSize(2);
      assertThat(seen.getSection(Section.ANSWER)).noneMatch(r -> r.rdataToString().equals(WRONG));
      assertThat(seen.getSection(Section.AUTHORITY)).isEmpty();
      assertThat(seen.getSection(Section.ADDITIONAL)).isEmpty();
      assertThat(bench.cache.dataEntries() + bench.cache.negativeEntries()).isEqualTo(1);

      List<String> others =
          List.of(VICTIM, "target.example.net.", "example.org.", "ns.example.org.");
      for (String other : others) {
        int asked = bench.upstream.received().size();
        bench.resolve(question(other, Type.A));
        bench.resolve(question(other, Type.NS));
        assertThat(bench.upstream.received()).as(other).hasSize(asked + 2);
      }
    }
  }

  /// An alias and its end, and records for other names in every section.
  private static byte[] unsolicited(FakeUpstream.Received received) {
    Message query = received.query();
    Message reply =
        Replies.answer(
            query,
            "@ 300 IN CNAME target.example.net.",
            "target.example.net. 300 IN A " + RIGHT,
            VICTIM + " 300 IN A " + WRONG,
            "target.example.net. 300 IN AAAA 2001:db8::66",
            "example.org. 300 IN NS ns.example.org.");
    for (int section : new int[] {Section.AUTHORITY, Section.ADDITIONAL}) {
      for (String record :
          List.of(
              "example.org. 300 IN NS ns.example.org.",
              "org. 300 IN NS ns.example.org.",
              ". 300 IN SOA ns. host. 1 2 3 4 5",
              "ns.example.org. 300 IN A " + WRONG,
              "@ 300 IN A " + WRONG,
              VICTIM + " 300 IN A " + WRONG)) {
        reply.addRecord(Replies.record(query, record), section);
      }
    }
    return reply.toWire();
  }

  /// RFC 2181 section 9: a reply with TC is not the whole answer.
  @ParameterizedTest
  @EnumSource
  void whatIsCutIsNotRemembered(Over over) {
    try (var bench =
        new ResolverBench(
            over,
            received -> {
              Message reply = Replies.answer(received.query(), "@ 300 IN A " + RIGHT);
              reply.getHeader().setFlag(Flags.TC);
              return List.of(reply.toWire());
            })) {
      assertThat(reply(bench.resolve(NAME)).reply().truncated()).isTrue();
      assertThat(bench.cache.dataEntries() + bench.cache.negativeEntries()).isZero();
    }
  }

  /// The header fits and the rest does not parse: that is the upstream's own fault, and it is asked
  /// again.
  @ParameterizedTest
  @EnumSource
  void whatDoesNotParseIsAskedForAgain(Over over) {
    try (var bench = new ResolverBench(over, _ -> List.of())) {
      bench.upstream.behave(received -> {
        byte[] reply = answer(received, RIGHT);
        if (bench.upstream.received().size() == 1) {
          reply[reply.length - 5] = 9;
        }
        return List.of(reply);
      });
      assertThat(answers(bench.resolve(NAME))).containsExactly(RIGHT);
      assertThat(bench.upstream.received()).hasSize(2);
    }
  }

  /// Whatever an upstream sends, the question ends, the next one is answered, and no buffer is
  /// lost.
  @ParameterizedTest
  @EnumSource
  void noMessageEndsTheEventLoop(Over over) {
    long seed = 20_261_125;
    var random = new Random(seed);
    LeakWatch leaks = LeakWatch.start();
    try (var bench = new ResolverBench(over, received -> damaged(received, random))) {
      for (int i = 0; i < 100; i++) {
        Resolution ended = bench.resolve("n" + i + ".example.org.");
        assertThat(ended).as("seed %d, round %d", seed, i).isNotInstanceOf(Resolution.Shed.class);
      }
      assertThat(bench.waiting()).isZero();
      bench.upstream.behave(received -> List.of(answer(received, RIGHT)));
      assertThat(answers(bench.resolve("good.example.org."))).containsExactly(RIGHT);
    }
    assertThat(leaks.stop()).isEmpty();
  }

  /// Random octets, damaged replies, and a good one at last.
  private static List<byte[]> damaged(FakeUpstream.Received received, Random random) {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      byte[] message = unsolicited(received);
      if (random.nextInt(3) == 0) {
        random.nextBytes(message);
      }
      int from = random.nextBoolean() ? 0 : TYPE + 4;
      for (int changes = random.nextInt(6); changes >= 0; changes--) {
        message[from + random.nextInt(message.length - from)] = (byte) random.nextInt();
      }
      int length = random.nextBoolean() ? message.length : random.nextInt(message.length);
      messages.add(Arrays.copyOf(message, length));
    }
    messages.add(answer(received, RIGHT));
    return messages;
  }
}
