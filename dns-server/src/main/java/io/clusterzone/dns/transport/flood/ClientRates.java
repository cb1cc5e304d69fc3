package io.clusterzone.dns.transport.flood;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The rate of each client at an event loop, estimated from the datagrams received. Confined to the
/// loop; allocates nothing while it counts.
///
/// Clients are counted in a table of fixed size by a hash of the word that a [SocketFilter] knows
/// them by. A line belongs to one client for as long as that has the majority of the line's
/// datagrams (Boyer and Moore, MJRTY, 1981), or is limited; others of the line are counted with the
/// unknown.
final class ClientRates {
  private static final int LINES = 1 << 11;
  private static final int ADDRESS_OCTETS = 16;
  private static final int SHIFT = Integer.SIZE - 11;

  /// A client with fewer datagrams since the last estimate counts as unknown.
  private static final int FEWEST = 4;

  /// The smallest share of its datagrams that a client is limited to.
  private static final double LEAST = 0x1p-12;

  private final int seed;
  private final int[] clients = new int[LINES];

  /// The octets of each line's address, and how many they are.
  private final byte[] addresses = new byte[LINES * ADDRESS_OCTETS];

  private final int[] lengths = new int[LINES];
  private final int[] votes = new int[LINES];
  private final int[] seen = new int[LINES];
  private final double[] rates = new double[LINES];
  private final double[] kept = new double[LINES];
  private final int[] known = new int[SocketFilter.MOST_CLIENTS];
  private int knownCount;
  private long received;
  private double total;
  private double keptOfOthers;

  ClientRates() {
    this(new SplittableRandom().nextInt());
  }

  /// Clients share lines by this seed: an attacker that knows it can choose whose line to share.
  ClientRates(int seed) {
    this.seed = seed | 1;
    clear();
  }

  /// Forgets everybody.
  void clear() {
    Arrays.fill(votes, 0);
    Arrays.fill(seen, 0);
    Arrays.fill(rates, 0);
    limitNobody();
    knownCount = 0;
    received = 0;
    total = 0;
  }

  /// A datagram has been received.
  ///
  /// @param address the 4 or 16 octets of the sender's address
  void count(byte[] address) {
    received++;
    int client = SocketFilter.client(address);
    int line = line(client);
    if (clients[line] == client) {
      votes[line]++;
      seen[line]++;
    } else if (votes[line] > 0 || isNamed(line)) {
      votes[line]--;
    } else {
      clients[line] = client;
      System.arraycopy(address, 0, addresses, line * ADDRESS_OCTETS, address.length);
      lengths[line] = address.length;
      votes[line] = 1;
      seen[line] = 1;
      rates[line] = 0;
      kept[line] = keptOfOthers;
    }
  }

  /// Whether the filter treats the client of the line otherwise than those that it does not know.
  private boolean isNamed(int line) {
    return kept[line] != keptOfOthers;
  }

  private int line(int client) {
    return (client * seed) >>> SHIFT;
  }

  /// Datagrams received since the last estimate.
  long received() {
    return received;
  }

  /// Estimates the rates since the last time: the datagrams received, divided by the share let
  /// through, and scaled so that the total is all that has arrived.
  ///
  /// @param dropped datagrams that have arrived besides those received
  void estimate(double seconds, long dropped) {
    double sent = 0;
    long others = received;
    for (int line = 0; line < LINES; line++) {
      sent += seen[line] / kept[line];
      others -= seen[line];
    }
    sent += others / keptOfOthers;
    double scale = sent > 0 ? Math.max(1, (received + dropped) / sent) : 1;
    knownCount = 0;
    for (int line = 0; line < LINES; line++) {
      double now = seen[line] / kept[line] * scale / seconds;
      rates[line] = rates[line] > 0 ? (rates[line] + now) / 2 : now;
      if (seen[line] >= FEWEST || isNamed(line)) {
        know(line);
      }
      votes[line] = Math.max(0, votes[line] / 2);
      seen[line] = 0;
    }
    double totalNow = (received + dropped) / seconds;
    total = total > 0 ? (total + totalNow) / 2 : totalNow;
    received = 0;
  }

  /// Keeps the largest.
  private void know(int line) {
    if (knownCount < known.length) {
      known[knownCount++] = line;
      return;
    }
    int smallest = 0;
    for (int i = 1; i < known.length; i++) {
      if (rates[known[i]] < rates[known[smallest]]) {
        smallest = i;
      }
    }
    if (rates[line] > rates[known[smallest]]) {
      known[smallest] = line;
    }
  }

  /// Datagrams that all send together, each second.
  double total() {
    return total;
  }

  /// The number of known clients: the largest.
  int knownCount() {
    return knownCount;
  }

  /// Datagrams per second from one known client.
  double rate(int index) {
    return rates[known[index]];
  }

  /// Sets the share of a known client's datagrams that is admitted from now on.
  void limit(int index, double share) {
    kept[known[index]] = Math.max(share, LEAST);
  }

  /// Sets the share of the datagrams of all others that is admitted, and all of the known.
  void limitOthers(double share) {
    keptOfOthers = Math.max(share, LEAST);
    Arrays.fill(kept, keptOfOthers);
    for (int i = 0; i < knownCount; i++) {
      kept[known[i]] = 1;
    }
  }

  void limitNobody() {
    limitOthers(1);
  }

  /// The program that lets these shares through.
  void writeTo(SocketFilter filter) {
    filter.begin();
    for (int i = 0; i < knownCount; i++) {
      int line = known[i];
      if (isNamed(line)) {
        filter.add(clients[line], kept[line]);
      }
    }
    filter.end(keptOfOthers);
  }

  /// The clients whose share is below one.
  List<LimitedClient> limited() {
    List<LimitedClient> limited = new ArrayList<>();
    double others = total;
    for (int i = 0; i < knownCount; i++) {
      int line = known[i];
      others -= rates[line];
      if (kept[line] < 1) {
        double let = rates[line] * kept[line];
        limited.add(new LimitedClient(name(line), rates[line], let));
      }
    }
    if (keptOfOthers < 1) {
      double sent = Math.max(0, others);
      limited.add(new LimitedClient(LimitedClient.OTHERS, sent, sent * keptOfOthers));
    }
    return limited;
  }

  private String name(int line) {
    int from = line * ADDRESS_OCTETS;
    try {
      byte[] address = Arrays.copyOfRange(addresses, from, from + lengths[line]);
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("neither 4 nor 16 octets", e);
    }
  }

  /// The share of a client's datagrams that is admitted.
  double share(int client) {
    int line = line(client);
    return clients[line] == client ? kept[line] : keptOfOthers;
  }
}
