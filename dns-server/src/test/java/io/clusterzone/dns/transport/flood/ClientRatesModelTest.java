package io.clusterzone.dns.transport.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rates and shares of clients, from period to period: against maps that count each client, and
/// a share found by halving.
final class ClientRatesModelTest {
  private static final int PERIODS = 60;
  private static final int MOST = 2_000;
  private static final int LINE_SHIFT = Integer.SIZE - 11;
  private static final int SEEN_ENOUGH = 4;
  private static final double LEAST = 0x1p-12;
  private static final double SECONDS = 0.1;

  private final Map<Integer, Integer> seen = new HashMap<>();
  private final Map<Integer, Double> rates = new HashMap<>();
  private final Map<Integer, Double> shares = new HashMap<>();
  private double total;
  private double shareOfOthers = 1;

  private static InetAddress address(int client) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(Integer.BYTES).putInt(client).array());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /// Clients of which no two share a line.
  private static List<InetAddress> apart(Random random, int seed, int count) {
    Set<Integer> lines = new HashSet<>();
    List<InetAddress> clients = new ArrayList<>();
    while (clients.size() < count) {
      int client = random.nextInt();
      if (lines.add((client * (seed | 1)) >>> LINE_SHIFT)) {
        clients.add(address(client));
      }
    }
    return clients;
  }

  private double share(int client) {
    return shares.getOrDefault(client, shareOfOthers);
  }

  private void estimate(long dropped) {
    double received = 0;
    double sent = 0;
    for (var entry : seen.entrySet()) {
      received += entry.getValue();
      sent += entry.getValue() / share(entry.getKey());
    }
    double scale = sent > 0 ? Math.max(1, (received + dropped) / sent) : 1;
    seen.forEach((client, count) -> rates.putIfAbsent(client, 0.0));
    rates.replaceAll((client, before) -> {
      double now = seen.getOrDefault(client, 0) / share(client) * scale / SECONDS;
      return before > 0 ? (before + now) / 2 : now;
    });
    double now = (received + dropped) / SECONDS;
    total = total > 0 ? (total + now) / 2 : now;
  }

  /// Those that are told apart: who sent some, or has a share of its own.
  private Set<Integer> known() {
    Set<Integer> known = new HashSet<>();
    for (int client : rates.keySet()) {
      if (seen.getOrDefault(client, 0) >= SEEN_ENOUGH || share(client) != shareOfOthers) {
        known.add(client);
      }
    }
    return known;
  }

  private void divide(double target) {
    Set<Integer> known = known();
    double sum = known.stream().mapToDouble(this::rateOf).sum();
    double others = Math.max(0, total - sum);
    double forOthers = Math.min(others, Math.max(target / 2, target - sum));
    double level = level(known, target - forOthers);
    shares.clear();
    shareOfOthers = others > forOthers ? Math.max(LEAST, forOthers / others) : 1;
    known.forEach(
        client -> shares.put(client, Math.max(LEAST, Math.min(1, level / rateOf(client)))));
  }

  private double rateOf(int client) {
    return rates.getOrDefault(client, 0.0);
  }

  /// The rate that all are cut to so that they have the sum, by halving what it may be.
  private double level(Set<Integer> known, double sum) {
    double low = 0;
    double high = 1e9;
    for (int i = 0; i < 100; i++) {
      double level = (low + high) / 2;
      double together = known.stream().mapToDouble(c -> Math.min(level, rateOf(c))).sum();
      if (together > sum) {
        high = level;
      } else {
        low = level;
      }
    }
    return low;
  }

  /// As many clients as are told apart at most, each on a line of its own.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void countsAndDividesAsMapsDo(long seed) {
    var random = new Random(seed);
    int hash = random.nextInt();
    var table = new ClientRates(hash);
    List<InetAddress> clients = apart(random, hash, 1 + random.nextInt(SocketFilter.MOST_CLIENTS));
    for (int period = 0; period < PERIODS; period++) {
      seen.clear();
      int active = 1 + random.nextInt(clients.size());
      for (int n = random.nextInt(MOST); n > 0; n--) {
        int flooder = random.nextInt(1 + random.nextInt(1 + random.nextInt(active)));
        InetAddress client = clients.get(flooder);
        table.count(client.getAddress());
        seen.merge(SocketFilter.client(client.getAddress()), 1, Integer::sum);
      }
      String place = "seed %d, period %d".formatted(seed, period);
      assertThat(table.received())
          .as(place)
          .isEqualTo(seen.values().stream().mapToInt(count -> count).sum());
      long dropped = random.nextBoolean() ? 0 : random.nextInt(20_000);
      table.estimate(SECONDS, dropped);
      estimate(dropped);
      assertThat(table.total()).as(place).isCloseTo(total, within(1e-6 * total));
      double target = 1 + random.nextInt(40_000);
      boolean limiting = random.nextInt(5) > 0;
      if (limiting) {
        FairShare.divide(table, target);
        divide(target);
      } else {
        table.limitNobody();
        shares.clear();
        shareOfOthers = 1;
      }
      for (InetAddress client : clients) {
        int number = SocketFilter.client(client.getAddress());
        assertThat(table.share(number))
            .as("%s, %s", place, client)
            .isCloseTo(share(number), within(1e-6 * share(number)));
      }
    }
  }

  /// More clients than lines, of which some flood: whatever happens, shares are shares, and what is
  /// let through is what can be taken.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void letsNoMoreThroughThanCanBeTaken(long seed) {
    var random = new Random(seed);
    var table = new ClientRates(random.nextInt());
    for (int period = 0; period < PERIODS; period++) {
      int spread = 1 + random.nextInt(1 << (1 + random.nextInt(20)));
      for (int n = random.nextInt(MOST); n > 0; n--) {
        int client = random.nextBoolean() ? random.nextInt(3) : random.nextInt(spread);
        table.count(address(1 + client).getAddress());
      }
      table.estimate(SECONDS, random.nextInt(20_000));
      double target = 500 + random.nextInt(40_000);
      FairShare.divide(table, target);
      String place = "seed %d, period %d".formatted(seed, period);
      assertThat(table.knownCount()).as(place).isBetween(0, SocketFilter.MOST_CLIENTS);
      assertThat(table.limited()).as(place).allMatch(limited -> limited.let() <= limited.sent());
      double known = 0;
      double let = 0;
      for (int i = 0; i < table.knownCount(); i++) {
        known += table.rate(i);
        let += table.rate(i);
      }
      let += Math.max(0, table.total() - known);
      for (LimitedClient limited : table.limited()) {
        let -= limited.sent() - limited.let();
      }
      assertThat(let).as(place).isLessThan(1.000001 * target + LEAST * (known + table.total()));
      boolean allFits = Math.max(known, table.total()) <= target;
      assertThat(table.limited().isEmpty()).as(place).isEqualTo(allFits);
    }
  }
}
