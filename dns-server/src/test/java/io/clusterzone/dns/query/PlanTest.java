package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.DnsMetrics;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.wire.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The steps of a server block take a question one after the other.
final class PlanTest {
  /// A step made of a function, in the place of a stage.
  private record Made(Stage stage, Function<Asked, Ending> work) implements Step {
    @Override
    public Ending take(Asked asked) {
      return work.apply(asked);
    }
  }

  private static Made answering(Stage stage, int rcode) {
    return new Made(stage, asked -> asked.status(rcode));
  }

  /// Passes on what it was told later, or at once.
  private static final class Waiting {
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private @Nullable String known;

    void start(Consumer<String> listener) {
      if (known == null) {
        listeners.add(listener);
      } else {
        listener.accept(known);
      }
    }

    void end(String result) {
      known = result;
      List.copyOf(listeners).forEach(listener -> listener.accept(result));
    }
  }

  @Test
  void theOrderIsFixedWhateverTheOrderInTheFile() throws IOException {
    TestBlocks block =
        TestBlocks.at(".")
            .step(answering(Stage.WHOAMI, Rcode.NOERROR))
            .step(answering(Stage.HOSTS, Rcode.NXDOMAIN))
            .step(new Made(Stage.ANY, _ -> Ending.PASS));
    try (var bench = new Bench(block.block())) {
      assertThat(bench.ask(Bench.question("www.example", Type.A)).getRcode())
          .isEqualTo(Rcode.NXDOMAIN);
      assertThat(new Metrics(List.of(new DnsMetrics(bench.counters()))).text())
          .contains("plugin=\"hosts\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"A, IN, 2", "A, CH, 5", "A, HS, 5", "AXFR, IN, 5", "IXFR, IN, 5"})
  void whatNobodyAnswersFailsOrIsRefused(String type, String recordClass, int rcode)
      throws IOException {
    try (var bench = new Bench(TestBlocks.at(".").block())) {
      Message question = Bench.question("www.example", Type.value(type), DClass.value(recordClass));
      assertThat(bench.ask(question).getRcode()).isEqualTo(rcode);
    }
  }

  /// What is put off goes on from its place, through the same end.
  @ParameterizedTest
  @CsvSource({"true, answer", "false, answer", "true, pass", "false, pass", "true, drop"})
  void goesOnWhereItWasPutOff(boolean later, String result) throws IOException {
    var waiting = new Waiting();
    waiting.known = later ? null : result;
    Made putsOff =
        new Made(
            Stage.HOSTS,
            asked ->
                asked.<String>await(
                    waiting::start,
                    (now, told) ->
                        switch (told) {
                          case "answer" -> now.status(Rcode.NXDOMAIN);
                          case "pass" -> Ending.PASS;
                          default -> Ending.DROPPED;
                        }));
    TestBlocks block = TestBlocks.at(".").step(putsOff).whoami();
    try (var bench = new Bench(block.block())) {
      var sink = new CapturedReply(Protocol.TCP, "192.0.2.7");
      Message question = Bench.question("www.Example", Type.A);
      if (later) {
        bench.handle(question.toWire(), sink);
        assertThat(sink.waits()).isTrue();
        // Another query, whose memory and sink are the same, must not be mixed up with it.
        assertThat(bench.ask(Bench.question("other.example", Type.TXT, DClass.CH)).getRcode())
            .isEqualTo(Rcode.REFUSED);
        waiting.end(result);
      } else {
        bench.handle(question.toWire(), sink);
      }
      if (result.equals("drop")) {
        assertThat(sink.sent()).isNull();
        return;
      }
      Message reply = new Message(sink.sent());
      assertThat(reply.getHeader().getID()).isEqualTo(question.getHeader().getID());
      assertThat(reply.getQuestion().getName()).hasToString("www.Example.");
      boolean passed = result.equals("pass");
      assertThat(reply.getRcode()).isEqualTo(passed ? Rcode.NOERROR : Rcode.NXDOMAIN);
      assertThat(reply.getSection(Section.ADDITIONAL)).hasSize(passed ? 2 : 0);
      assertThat(new Metrics(List.of(new DnsMetrics(bench.counters()))).text())
          .contains("plugin=\"" + (passed ? "whoami" : "hosts") + "\"")
          .contains("request_duration_seconds_count{server=\"dns://:53\",zone=\".\",view=\"\"} ");
    }
  }

  /// As a rewritten name is: what is asked for changes, what is echoed does not, and the way back
  /// is gone when the reply is finished, also where it comes later.
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aStepMayChangeTheQuestionAndMendTheReply(boolean later) throws IOException {
    var waiting = new Waiting();
    waiting.known = later ? null : "now";
    Made changes =
        new Made(
            Stage.ANY,
            asked -> {
              asked.replaceQuestion(Name.parse("web.cluster.local"), Type.A);
              asked.mendWith(PlanTest::setRecursionAvailable);
              return asked.<String>await(waiting::start, (_, _) -> Ending.PASS);
            });
    TestBlocks block =
        TestBlocks.at(".")
            .step(changes)
            .kubernetes(TestBlocks.zones(true, "cluster.local"), "cluster.local", "");
    try (var bench = new Bench(block.block())) {
      var sink = new CapturedReply(Protocol.UDP, "192.0.2.7");
      bench.handle(Bench.question("short.example", Type.TXT).toWire(), sink);
      waiting.end("later");
      Message reply = new Message(sink.sent());
      assertThat(reply.getQuestion().getName()).hasToString("short.example.");
      assertThat(reply.getSection(Section.ANSWER))
          .singleElement()
          .hasToString("web.cluster.local.\t5\tIN\tA\t10.96.0.1");
      assertThat(reply.getHeader().getFlag(Flags.RA)).isTrue();
      assertThat(bench.ask(Bench.question("short.example", Type.TXT)).getHeader().getFlag(Flags.RA))
          .isTrue();
    }
  }

  private static void setRecursionAvailable(Asked asked) {
    int at = asked.reply().offset() + Header.FLAGS;
    int flags = asked.reply().memory().getShort(at);
    asked.reply().memory().putShort(at, (short) (flags | Header.RA));
  }

  /// A reply may make room for the next query of a connection, which is then handled inside the
  /// call of the one before.
  @Test
  void aQueryMayBeHandledInsideAnother() throws IOException {
    List<Runnable> inside = new ArrayList<>();
    Made nests =
        new Made(
            Stage.ANY,
            asked -> {
              if (!inside.isEmpty()) {
                inside.removeLast().run();
              }
              return Ending.PASS;
            });
    TestBlocks block =
        TestBlocks.at(".")
            .step(nests)
            .kubernetes(TestBlocks.zones(true, "cluster.local"), "cluster.local", "");
    try (var bench = new Bench(block.block())) {
      List<Message> nested = new ArrayList<>();
      inside.add(() -> {
        try {
          nested.add(bench.ask(Bench.question("gone.cluster.local", Type.AAAA)));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });
      Message outer = bench.ask(Bench.question("web.cluster.local", Type.A));
      assertThat(outer.getSection(Section.ANSWER))
          .singleElement()
          .hasToString("web.cluster.local.\t5\tIN\tA\t10.96.0.1");
      assertThat(nested)
          .singleElement()
          .satisfies(reply -> assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN));
    }
  }

  @Test
  void aStepIsAskedForTheVerdictsItTakes() throws IOException {
    Step everything =
        new Step() {
          @Override
          public Stage stage() {
            return Stage.ANY;
          }

          @Override
          public boolean takes(Verdict verdict) {
            return true;
          }

          @Override
          public Ending take(Asked asked) {
            return Ending.DROPPED;
          }
        };
    try (var bench = new Bench(TestBlocks.at(".").step(everything).chaos("v").block())) {
      for (Message question :
          List.of(
              Bench.question("version.bind", Type.TXT, DClass.CH),
              Bench.question("www.example", Type.AXFR),
              Bench.question("www.example", Type.A))) {
        assertThat(bench.askOctets(question.toWire(), new CapturedReply(Protocol.UDP, "192.0.2.7")))
            .isEmpty();
      }
    }
  }
}
