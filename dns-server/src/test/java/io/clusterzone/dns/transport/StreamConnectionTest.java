package io.clusterzone.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.ops.Event;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamConnectionTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final StreamTimes PATIENT = new StreamTimes(LONG, LONG, LONG);

  private static TransportOptions options(boolean nativeTransport) {
    return TestServer.ONE_LOOP.withNativeTransport(nativeTransport);
  }

  private static TransportOptions options(boolean nativeTransport, StreamLimits limits) {
    return options(nativeTransport).withStreams(limits);
  }

  @ParameterizedTest
  @CsvSource({"true, 127.0.0.1", "true, ::1", "false, 127.0.0.1", "false, ::1"})
  void answersAtBothFamiliesOfAWildcard(boolean nativeTransport, String address) throws Exception {
    try (TestServer server = TestServer.start(options(nativeTransport), List.of());
        TcpClient client = new TcpClient(address, server.port())) {
      assertThat(client.ask("hello")).isEqualTo("hello");
      assertThat(client.ask("again")).isEqualTo("again");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answersPipelinedQueriesHoweverTheStreamIsCut(boolean nativeTransport) throws Exception {
    byte[] stream = TcpClient.frames("one", "", "three", "q".repeat(3000), "five");
    try (TestServer server = TestServer.startLocal(options(nativeTransport))) {
      for (int piece : new int[] {1, 2, 3, 7, 1000, stream.length}) {
        try (TcpClient client = server.tcp()) {
          for (int at = 0; at < stream.length; at += piece) {
            client.sendOctets(Arrays.copyOfRange(stream, at, Math.min(at + piece, stream.length)));
          }
          assertThat(client.receive()).isEqualTo("one");
          assertThat(client.receive()).isEmpty();
          assertThat(client.receive()).isEqualTo("three");
          assertThat(client.receive()).hasSize(3000);
          assertThat(client.receive()).isEqualTo("five");
        }
      }
    }
  }

  /// RFC 7766 section 6.2.1.1: "DNS servers (especially recursive) ... MAY return responses out of
  /// order", so that one slow answer holds up no other.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answersInTheOrderThatAnswersAreReady(boolean nativeTransport) throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport));
        TcpClient client = server.tcp()) {
      client.send("-slow 1", "-slow 2", "quick", "+");
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(client.receive());
      }
      assertThat(answers).containsExactly("quick", "-slow 2", "-slow 1", "+");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsNoFurtherWhileTooManyQueriesWait(boolean nativeTransport) throws Exception {
    StreamLimits two = new StreamLimits(10, 10, 2);
    try (TestServer server = TestServer.startLocal(options(nativeTransport, two), PATIENT);
        TcpClient client = server.tcp();
        TcpClient other = server.tcp()) {
      client.send("-1", "-2", "3");
      await().until(() -> server.count(Event.TCP_RECEIVED) == 2);
      assertThat(other.ask("hello")).isEqualTo("hello");
      assertThat(server.count(Event.TCP_RECEIVED)).isEqualTo(3);
      assertThat(other.ask("+")).isEqualTo("+");
      assertThat(client.receive()).isEqualTo("-2");
      assertThat(client.receive()).isEqualTo("3");
      assertThat(client.receive()).isEqualTo("-1");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closesOnAClientThatReadsNoReplies(boolean nativeTransport) throws Exception {
    StreamTimes impatient = new StreamTimes(LONG, LONG, Duration.ofMillis(200));
    try (TestServer server = TestServer.startLocal(options(nativeTransport), impatient);
        TcpClient client = server.tcp();
        TcpClient other = server.tcp()) {
      String[] questions = new String[1000];
      Arrays.fill(questions, "#");
      client.send(questions);
      await().until(() -> server.count(Event.TCP_CLOSED_SLOW) == 1);
      assertThat(server.count(Event.TCP_RECEIVED)).isLessThan(1000);
      assertThat(other.ask("hello")).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientThatReadsLateGetsEveryReply(boolean nativeTransport) throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport));
        TcpClient client = server.tcp()) {
      String[] questions = new String[200];
      Arrays.fill(questions, "#");
      client.send(questions);
      for (int i = 0; i < questions.length; i++) {
        assertThat(client.receive()).hasSize(ScriptedHandler.LARGE);
      }
      assertThat(client.ask("hello")).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closesIdleAndSilentConnections(boolean nativeTransport) throws Exception {
    StreamTimes hasty = new StreamTimes(Duration.ofMillis(150), Duration.ofMillis(300), LONG);
    try (TestServer server = TestServer.startLocal(options(nativeTransport), hasty);
        TcpClient idle = server.tcp();
        TcpClient silent = server.tcp()) {
      assertThat(idle.ask("hello")).isEqualTo("hello");
      assertThat(silent.isClosedByServer()).isTrue();
      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(server.count(Event.TCP_CLOSED_SILENT)).isEqualTo(1);
      assertThat(server.count(Event.TCP_CLOSED_IDLE)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesConnectionsPastTheLimitsAndAdmitsAgain(boolean nativeTransport) throws Exception {
    StreamLimits few = new StreamLimits(3, 2, 10);
    List<InetAddress> bind = List.of(InetAddress.getLoopbackAddress());
    try (TestServer server = TestServer.start(options(nativeTransport, few), PATIENT, bind);
        TcpClient first = server.tcp();
        TcpClient second = server.tcp()) {
      assertThat(first.ask("1")).isEqualTo("1");
      assertThat(second.ask("2")).isEqualTo("2");
      try (TcpClient third = server.tcp()) {
        assertThat(third.isClosedByServer()).isTrue();
      }
      assertThat(server.count(Event.TCP_REFUSED_CLIENT)).isEqualTo(1);
      first.finish();
      await().until(() -> server.counters().openConnections() == 1);
      try (TcpClient third = server.tcp()) {
        assertThat(third.ask("3")).isEqualTo("3");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cutsAMessageThatIsTooLongAndKeepsTheConnection(boolean nativeTransport) throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport));
        TcpClient client = server.tcp()) {
      client.send("q".repeat(65535), "short");
      assertThat(client.receive()).hasSize(Sockets.MAX_QUERY_OCTETS);
      assertThat(client.receive()).isEqualTo("short");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExceptionOfTheHandlerIsAnsweredAndEndsNothing(boolean nativeTransport) throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport));
        TcpClient client = server.tcp()) {
      client.send("!", "@", "hello");
      assertThat(client.receive()).isEqualTo("x");
      assertThat(client.receive()).isEqualTo("@");
      assertThat(client.receive()).isEqualTo("hello");
      assertThat(server.count(Event.PANICS)).isEqualTo(2);
    }
  }

  /// CoreDNS's `maxtcpqueries`.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closesAConnectionAfterItsLastQuery(boolean nativeTransport) throws Exception {
    StreamTimes three = new StreamTimes(LONG, LONG, LONG, 3);
    try (TestServer server = TestServer.startLocal(options(nativeTransport), three);
        TcpClient client = server.tcp()) {
      assertThat(client.ask("one")).isEqualTo("one");
      client.send("-slow", "+", "never");
      assertThat(client.receive()).isEqualTo("-slow");
      assertThat(client.receive()).isEqualTo("+");
      assertThat(client.isClosedByServer()).isTrue();
      await().until(() -> server.count(Event.TCP_CLOSED) == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answersAClientThatHasFinishedSending(boolean nativeTransport) throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport));
        TcpClient client = server.tcp();
        TcpClient other = server.tcp()) {
      client.send("-late", "now");
      client.finish();
      assertThat(client.receive()).isEqualTo("now");
      other.ask("+");
      assertThat(client.receive()).isEqualTo("-late");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerToAClientThatHasGoneIsDropped(boolean nativeTransport) throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport));
        TcpClient other = server.tcp()) {
      try (TcpClient client = server.tcp()) {
        client.send("-late", "now");
        client.receive();
      }
      await().until(() -> server.counters().openConnections() <= 2);
      assertThat(other.ask("+")).isEqualTo("+");
      assertThat(other.ask("hello")).isEqualTo("hello");
    }
  }
}
