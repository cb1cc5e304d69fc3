package io.clusterzone.zones.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;

/// No octets make the parser throw, read outside of the message, or see another question than
/// dnsjava does.
///
/// `mvn verify` replays the committed corpus and some random packets; with `JAZZER_FUZZ=1` and
/// `-Dtest=QueryViewFuzzTest` it searches for more.
class QueryViewFuzzTest {
  private static final int RANDOM_PACKETS = 30_000;

  /// Around each message, so that reading beyond it shows: no field of a message survives these.
  private static final int MARGIN = 300;

  private final QueryView view = new QueryView();

  @FuzzTest
  void readsAnyOctets(byte[] message) {
    Verdict verdict = read(message, (byte) 0);
    assertThat(read(message, (byte) 0xff)).isEqualTo(verdict);
    if (verdict != Verdict.DROP) {
      assertThat(view.questionEnd()).isBetween(Header.LENGTH, message.length);
      assertThat(Arrays.copyOf(view.head(), view.questionEnd()))
          .isEqualTo(Arrays.copyOf(message, view.questionEnd()));
    }
    if (verdict == Verdict.QUERY) {
      agreesWithDnsjava(message);
    }
  }

  private Verdict read(byte[] message, byte around) {
    byte[] surrounded = new byte[message.length + 2 * MARGIN];
    Arrays.fill(surrounded, around);
    System.arraycopy(message, 0, surrounded, MARGIN, message.length);
    return view.read(ByteBuffer.wrap(surrounded), MARGIN, message.length);
  }

  /// dnsjava reads the RDATA of records as well, so it takes less than we do.
  private void agreesWithDnsjava(byte[] message) {
    Message parsed;
    try {
      parsed = new Message(message);
    } catch (IOException e) {
      return;
    }
    assertThat(parsed.getQuestion()).isNotNull();
    assertThat(parsed.getQuestion().getType()).isEqualTo(view.type());
    assertThat(parsed.getQuestion().getDClass()).isEqualTo(view.recordClass());
    assertThat(parsed.getQuestion().getName().toWireCanonical())
        .isEqualTo(Arrays.copyOf(view.name(), view.nameLength()));
    assertThat(parsed.getOPT() != null).isEqualTo(view.edns());
  }

  @Test
  void readsRandomOctets() {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
    for (int i = 0; i < RANDOM_PACKETS; i++) {
      byte[] message = new byte[random.nextInt(80)];
      random.nextBytes(message);
      check(message, seed);
    }
  }

  /// Queries with a few octets changed, cut or repeated: they get further than random ones.
  @Test
  void readsMutatedQueries() {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
    List<byte[]> seeds = QuerySeeds.all();
    for (int i = 0; i < RANDOM_PACKETS; i++) {
      check(mutate(seeds.get(random.nextInt(seeds.size())), random), seed);
    }
  }

  private static byte[] mutate(byte[] message, RandomGenerator random) {
    byte[] mutated = Arrays.copyOf(message, random.nextInt(message.length + 20));
    if (random.nextBoolean()) {
      mutated = Arrays.copyOf(message, message.length);
    }
    int changes = random.nextInt(4);
    for (int i = 0; i < changes && mutated.length > 0; i++) {
      int at = random.nextInt(mutated.length);
      mutated[at] = (byte) (random.nextBoolean() ? random.nextInt() : mutated[at] ^ 1);
    }
    return mutated;
  }

  private void check(byte[] message, long seed) {
    try {
      readsAnyOctets(message);
    } catch (RuntimeException | AssertionError e) {
      String octets = HexFormat.of().formatHex(message);
      throw new AssertionError("message " + octets + ", seed " + seed, e);
    }
  }
}
