package io.clusterzone.dns.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.wire.QueryView;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/// What is put into the ring comes out of it, in order and whole, or was refused.
final class SampleRingTest {
  private final SampleRing ring = new SampleRing();
  private final QueryView query = new QueryView();
  private final Reply reply = new Reply();
  private final ByteBuffer memory = ByteBuffer.allocateDirect(4096);

  /// Makes the query and the reply in hand.
  private void ask(String name) throws Exception {
    Message message = ShadowBench.question(name, Type.A);
    message.getHeader().unsetFlag(Flags.RD);
    message.getHeader().setFlag(Flags.CD);
    ByteBuffer octets = ByteBuffer.wrap(message.toWire());
    query.read(octets, 0, octets.limit());
    reply.open(query, AnswerOptions.DEFAULT, memory, 7, 1232);
    reply.status(3);
  }

  private byte[] replied() {
    byte[] octets = new byte[reply.length()];
    memory.get(7, octets);
    return octets;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void equalsAQueue(long seed) throws Exception {
    var random = new Random(seed);
    Deque<Sample> model = new ArrayDeque<>();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      boolean fills = (i / 3000) % 2 == 0;
      if (random.nextInt(10) < (fills ? 8 : 3)) {
        ask("x".repeat(1 + random.nextInt(60)) + "." + "y".repeat(1 + random.nextInt(60)) + ".a");
        if (ring.offer(i, query, reply)) {
          model.add(new Sample(question(), replied(), i));
        } else {
          refused++;
        }
      } else if (!model.isEmpty() && random.nextInt(10) == 0) {
        ring.skip();
        model.remove();
      } else {
        check(model.poll(), ring.poll());
      }
      assertThat(ring.isEmpty()).as("seed %d, step %d", seed, i).isEqualTo(model.isEmpty());
    }
    assertThat(refused).as("seed %d", seed).isPositive();
  }

  private ComparedQuestion question() {
    return new ComparedQuestion(query.spelledName().folded(), query.type(), 1, 0, 0x10, 1232, 0);
  }

  private static void check(@Nullable Sample expected, @Nullable Sample found) {
    if (expected == null) {
      assertThat(found).isNull();
      return;
    }
    Sample sample = Objects.requireNonNull(found);
    assertThat(sample.question()).isEqualTo(expected.question());
    assertThat(sample.reply()).isEqualTo(expected.reply());
    assertThat(sample.nanos()).isEqualTo(expected.nanos());
  }

  /// One thread writes, another one reads: what is read was written whole, and in order.
  @Test
  void passesSamplesBetweenThreads() throws Exception {
    ask("a.b");
    byte[] expected = replied();
    var ended = new AtomicBoolean();
    long[] seen = {0, 0};
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              long last = -1;
              while (!ended.get() || !ring.isEmpty()) {
                Sample sample = ring.poll();
                if (sample != null) {
                  seen[0]++;
                  boolean good = sample.nanos() > last && Arrays.equals(expected, sample.reply());
                  seen[1] += good ? 0 : 1;
                  last = sample.nanos();
                }
              }
            });
    long taken = 0;
    for (int i = 0; i < 500_000; i++) {
      taken += ring.offer(i, query, reply) ? 1 : 0;
    }
    ended.set(true);
    reader.join();
    assertThat(seen[0]).isEqualTo(taken).isPositive();
    assertThat(seen[1]).isZero();
  }
}
