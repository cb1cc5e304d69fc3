package io.clusterzone.dns.ops.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class QueryRingTest {
  private static final long FAST = 1000;

  private final QueryRing ring = new QueryRing();

  private record Read(
      String name, int type, int rcode, List<Byte> client, long nanos, int weight) {}

  private static List<Byte> bytes(byte[] octets) {
    List<Byte> bytes = new ArrayList<>();
    for (byte octet : octets) {
      bytes.add(octet);
    }
    return bytes;
  }

  private static Read read(QueryRing ring, int slot) {
    int client = ring.client(slot);
    byte[] memory = ring.memory();
    return new Read(
        Name.ofWire(memory, ring.name(slot)).toString(),
        ring.type(slot),
        ring.rcode(slot),
        bytes(Arrays.copyOfRange(memory, client, client + ring.clientLength(slot))),
        ring.nanos(slot),
        ring.weight(slot));
  }

  private List<Read> drain() {
    List<Read> all = new ArrayList<>();
    int count = ring.drain((from, slot) -> all.add(read(from, slot)));
    assertThat(all).hasSize(count);
    return all;
  }

  private void offer(String name, byte[] client, long nanos) {
    if (ring.wants(nanos)) {
      byte[] wire = Name.parse(name).toFoldedWire();
      ring.put(wire, wire.length, 65_000, 3, client, nanos);
    }
  }

  @Test
  void keepsAllOfAQuery() {
    ring.open(true);
    String longest = ("x".repeat(63) + ".").repeat(3) + "y".repeat(61) + ".";
    byte[] v6 = new byte[16];
    Arrays.fill(v6, (byte) -2);
    offer(longest, v6, Long.MAX_VALUE);
    offer(".", new byte[] {10, 0, 0, 1}, FAST);
    assertThat(drain())
        .containsExactly(
            new Read(longest, 65_000, 3, bytes(v6), Long.MAX_VALUE, 1),
            new Read(".", 65_000, 3, bytes(new byte[] {10, 0, 0, 1}), FAST, 1));
    assertThat(drain()).isEmpty();
  }

  @Test
  void takesNothingWhileItIsClosed() {
    offer("a.", new byte[4], FAST);
    ring.open(true);
    ring.open(false);
    offer("a.", new byte[4], QueryRing.SLOW_NANOS);
    assertThat(drain()).isEmpty();
  }

  /// The weights of what gets in stand for all queries, also if every second one is another.
  @Test
  void weightsStandForAllQueries() {
    ring.open(true);
    int queries = 40_000;
    long even = 0;
    long all = 0;
    int taken = 0;
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < queries / 100; i++) {
        offer(i % 2 == 0 ? "a." : "b.", new byte[4], FAST);
      }
      for (Read read : drain()) {
        taken++;
        all += read.weight();
        even += read.name().equals("a.") ? read.weight() : 0;
      }
    }
    assertThat(taken).isLessThan(queries / 2);
    assertThat((double) all).isBetween(0.9 * queries, 1.1 * queries);
    assertThat((double) even / all).isBetween(0.45, 0.55);
    assertThat(ring.dropped()).isZero();
  }

  @Test
  void aBurstLeavesRoomForMore() {
    ring.open(true);
    for (int i = 0; i < 20_000; i++) {
      offer("a.", new byte[4], FAST);
    }
    List<Read> read = drain();
    assertThat(read.size()).isLessThan(QueryRing.SLOTS);
    assertThat(ring.dropped()).isZero();
    assertThat((double) read.stream().mapToInt(Read::weight).sum()).isBetween(14e3, 26e3);
  }

  @Test
  void whatFindsNoRoomIsCounted() {
    ring.open(true);
    for (int i = 0; i < 5_000_000 && ring.dropped() < 10; i++) {
      offer("a.", new byte[4], FAST);
    }
    assertThat(ring.dropped()).isEqualTo(10);
    assertThat(drain()).hasSize(QueryRing.SLOTS);
    offer("b.", new byte[4], QueryRing.SLOW_NANOS);
    assertThat(drain()).extracting(Read::name).containsExactly("b.");
  }

  @Test
  void slowQueriesAreSeenInAnyCase() {
    ring.open(true);
    for (int i = 0; i < 600; i++) {
      offer("a.", new byte[4], FAST);
    }
    for (int i = 0; i < 20; i++) {
      offer("slow" + i + ".", new byte[4], QueryRing.SLOW_NANOS);
    }
    List<Read> read = drain();
    for (int i = 0; i < 20; i++) {
      assertThat(read).extracting(Read::name).contains("slow" + i + ".");
    }
    assertThat(read).filteredOn(one -> one.weight() == 0).isNotEmpty();
  }

  /// Each name tells its type, duration and client: a slot that is torn does not.
  @Test
  void nothingIsTornWhileBothRun() throws Exception {
    ring.open(true);
    byte[][] names = new byte[50][];
    for (int i = 0; i < names.length; i++) {
      names[i] = Name.parse("x".repeat(i + 1) + ".example.").toFoldedWire();
    }
    var done = new AtomicBoolean();
    var writer = new CompletableFuture<Integer>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          int put = 0;
          for (int i = 0; i < 3_000_000; i++) {
            int which = i % names.length;
            if (ring.wants(which)) {
              byte[] client = {(byte) which, (byte) which, (byte) which, (byte) which};
              ring.put(names[which], names[which].length, which, which % 16, client, which);
              put++;
            }
          }
          writer.complete(put);
          done.set(true);
        });
    int read = 0;
    boolean last;
    do {
      last = done.get();
      read +=
          ring.drain((from, slot) -> {
            int which = (int) from.nanos(slot);
            byte[] name = names[which];
            int start = from.name(slot);
            assertThat(from.nameLength(slot)).isEqualTo(name.length);
            assertThat(
                    Arrays.mismatch(
                        from.memory(), start, start + name.length, name, 0, name.length))
                .isEqualTo(-1);
            assertThat(from.type(slot)).isEqualTo(which);
            assertThat(from.rcode(slot)).isEqualTo(which % 16);
            assertThat((int) from.memory()[from.client(slot) + 3]).isEqualTo(which);
          });
    } while (!last);
    assertThat((long) writer.get(30, TimeUnit.SECONDS)).isEqualTo(read + ring.dropped());
    assertThat(read).isGreaterThan(QueryRing.SLOTS);
  }
}
