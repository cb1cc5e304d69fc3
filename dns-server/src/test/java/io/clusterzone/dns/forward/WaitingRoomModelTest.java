package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.ops.ShedReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random arrivals and departures, against a list of those who wait.
final class WaitingRoomModelTest {
  private static final int STEPS = 50_000;
  private static final int THREADS = 4;

  private final List<Integer> waiting = new ArrayList<>();

  /// A client may have as many places as are free besides, or a number of its own.
  private @Nullable ShedReason expected(Shed bounds, int client, int elsewhere) {
    int free = bounds.waiting() - waiting.size();
    int own = (int) waiting.stream().filter(other -> other == client).count() + 1;
    int most = bounds.perClient() > 0 ? bounds.perClient() : Math.min(free - 1, elsewhere) + 1;
    if (free <= 0) {
      return ShedReason.WAITING;
    }
    return own <= most ? null : ShedReason.CLIENT;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void doesAsAListOfThoseWhoWait(long seed) {
    var random = new Random(seed);
    Shed bounds = bounds(random);
    var room = new WaitingRoom(bounds);
    for (int step = 0; step < STEPS; step++) {
      String place = "seed " + seed + ", step " + step;
      boolean filling = step / 200 % 2 == 0;
      if (random.nextInt(300) == 0) {
        bounds = bounds(random);
        room.change(bounds);
      } else if (waiting.isEmpty() || random.nextInt(10) < (filling ? 7 : 3)) {
        int client = random.nextInt(1 + random.nextInt(8));
        int elsewhere = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(60);
        ShedReason expected = expected(bounds, client, elsewhere);
        if (room.enter(hash(client), elsewhere) != expected) {
          throw new AssertionError(place + ": not " + expected + " for " + client);
        }
        if (expected == null) {
          waiting.add(client);
        }
      } else {
        int leaving = random.nextInt(waiting.size());
        room.leave(hash(waiting.get(leaving)));
        waiting.subList(leaving, leaving + 1).clear();
      }
      if (room.taken() != waiting.size()) {
        throw new AssertionError(place + ": " + room.taken() + ", not " + waiting.size());
      }
    }
  }

  private static Shed bounds(Random random) {
    int perClient = random.nextBoolean() ? 0 : 1 + random.nextInt(20);
    return new Shed(1 + random.nextInt(100), perClient, Shed.Reply.SERVFAIL);
  }

  private static int hash(int client) {
    return client * 0x9e3779b1;
  }

  /// Whoever comes at the same time, there are never more than there are places, and all places
  /// come back.
  @Test
  void neverHoldsMoreThanItHasPlaces() throws Exception {
    var room = new WaitingRoom(new Shed(10, 0, Shed.Reply.DROP));
    var inside = new AtomicInteger();
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      var random = new Random(thread);
      clients.add(() -> come(room, inside, random));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Integer> most : threads.invokeAll(clients)) {
        assertThat(most.get()).isBetween(1, 10);
      }
    }
    assertThat(room.taken()).isZero();
    assertThat(room.enter(1, Integer.MAX_VALUE)).isNull();
  }

  /// The most that were inside at once.
  private static int come(WaitingRoom room, AtomicInteger inside, Random random) {
    List<Integer> own = new ArrayList<>();
    int most = 0;
    for (int step = 0; step < STEPS; step++) {
      int client = random.nextInt(5);
      if (random.nextBoolean() && room.enter(client, Integer.MAX_VALUE) == null) {
        own.add(client);
        most = Math.max(most, inside.incrementAndGet());
      } else if (!own.isEmpty()) {
        inside.decrementAndGet();
        room.leave(own.removeLast());
      }
    }
    while (!own.isEmpty()) {
      inside.decrementAndGet();
      room.leave(own.removeLast());
    }
    return most;
  }
}
