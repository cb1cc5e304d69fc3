package io.clusterzone.dns.transport.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The limits when clients together send more than can be taken: simulated from period to period,
/// with a queue that drops without regard to the sender.
final class FairShareTest {
  private static final double TARGET = 10_000;
  private static final int PERIODS = 10;
  private static final double SECONDS = 0.1;

  /// With another seed, others share a line, and the shares of few clients are not these.
  private final ClientRates rates = new ClientRates(0x9e3779b1);

  private final SplittableRandom random = new SplittableRandom(1);

  /// Clients that send at the same rate.
  private record Group(int first, int clients, double perSecond) {}

  /// The share of each group's datagrams that is received in the end.
  private double[] simulate(Group... groups) {
    for (int period = 0; period < PERIODS; period++) {
      var _ = pass(groups);
      FairShare.divide(rates, TARGET);
    }
    return pass(groups);
  }

  private double[] pass(Group... groups) {
    double arrived = 0;
    double let = 0;
    for (Group group : groups) {
      double sent = group.clients() * group.perSecond() * SECONDS;
      arrived += sent;
      let += sent * mean(group);
    }
    double room = Math.min(1, 1.2 * TARGET * SECONDS / let);
    double[] shares = new double[groups.length];
    for (int i = 0; i < groups.length; i++) {
      Group group = groups[i];
      double sent = group.clients() * group.perSecond() * SECONDS;
      int received = 0;
      for (int n = 0; n < (int) sent; n++) {
        int client = group.first() + random.nextInt(group.clients());
        if (random.nextDouble() < rates.share(client) * room) {
          rates.count(address(client).getAddress());
          received++;
        }
      }
      shares[i] = received / sent;
    }
    rates.estimate(SECONDS, (long) (arrived - rates.received()));
    return shares;
  }

  /// An address that the filter knows by this number.
  private static InetAddress address(int client) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(Integer.BYTES).putInt(client).array());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private double mean(Group group) {
    double sum = 0;
    for (int i = 0; i < group.clients(); i++) {
      sum += rates.share(group.first() + i);
    }
    return sum / group.clients();
  }

  private static Group group(int first, int clients, double perSecond) {
    return new Group(first, clients, perSecond);
  }

  @Test
  void limitsNobodyIfAllFits() {
    assertThat(simulate(group(1, 1, 5000), group(100, 20, 100))).containsExactly(1, 1);
    assertThat(rates.limited()).isEmpty();
  }

  @Test
  void takesAllFromTheOneThatFloods() {
    double[] shares = simulate(group(1, 1, 100_000), group(100, 20, 100));
    assertThat(shares[0]).isBetween(0.06, 0.1);
    assertThat(shares[1]).isEqualTo(1);
    LimitedClient limited = rates.limited().getFirst();
    assertThat(rates.limited()).hasSize(1);
    assertThat(limited.name()).isEqualTo("0.0.0.1");
    assertThat(limited.sent()).isBetween(80_000.0, 120_000.0);
    assertThat(limited.let()).isBetween(6000.0, 10_000.0);
  }

  @Test
  void takesTheSameFromEqualFloods() {
    double[] shares =
        simulate(group(1, 1, 50_000), group(2, 1, 50_000), group(3, 1, 2000), group(100, 20, 100));
    assertThat(shares[0]).isBetween(0.04, 0.08);
    assertThat(shares[1]).isBetween(0.04, 0.08);
    assertThat(shares[2]).isEqualTo(1);
    assertThat(shares[3]).isEqualTo(1);
  }

  /// A Deployment of which all Pods ask without pause.
  @Test
  void takesFromAHundredThatFloodTogether() {
    double[] shares = simulate(group(1, 100, 1000), group(1000, 20, 50));
    assertThat(shares[0]).isBetween(0.05, 0.15);
    assertThat(shares[1]).isGreaterThan(0.9);
  }

  /// Nobody can be told apart then: all get what they would have got, and a large client more.
  @Test
  void treatsForgedAddressesAlike() {
    double[] shares = simulate(group(1 << 20, 1 << 20, 0.1), group(100, 20, 50), group(1, 1, 2000));
    assertThat(shares[0]).isBetween(0.05, 0.1);
    assertThat(shares[1]).isGreaterThan(0.05);
    assertThat(shares[2]).isGreaterThan(0.5);
    assertThat(rates.limited())
        .filteredOn(limited -> limited.name().equals(LimitedClient.OTHERS))
        .singleElement()
        .satisfies(others -> assertThat(others.sent()).isBetween(80_000.0, 120_000.0))
        .satisfies(others -> assertThat(others.let()).isBetween(4000.0, 10_000.0));
  }

  /// A node's cache, behind which are many Pods, is one address.
  @Test
  void letsALargeClientHaveWhatTheOthersLeave() {
    double[] shares = simulate(group(1, 1, 12_000), group(100, 20, 50));
    assertThat(shares[0]).isBetween(0.7, 0.8);
    assertThat(shares[1]).isEqualTo(1);
  }
}
