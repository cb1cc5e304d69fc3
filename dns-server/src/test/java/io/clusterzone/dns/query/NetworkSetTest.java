package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Network;
import io.clusterzone.k8s.model.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NetworkSetTest {
  private static final int ROUNDS = 3_000;

  /// Addresses near each other, so that networks hold one another.
  private static IpAddress address(Random random) {
    int bits = random.nextInt(64);
    return random.nextBoolean()
        ? IpAddress.v4(0x0a000000 | bits)
        : IpAddress.v6(0x20010db800000000L | random.nextInt(2), Integer.toUnsignedLong(bits));
  }

  private static Network network(Random random) {
    IpAddress address = address(random);
    int most = address.isV4() ? 32 : 128;
    return new Network(address, random.nextInt(8) == 0 ? 0 : most - random.nextInt(8));
  }

  private static boolean holds(Network network, IpAddress address) {
    return new Network(address, network.bits()).equals(network)
        && address.isV4() == network.address().isV4();
  }

  private static InetAddress inet(IpAddress address) {
    try {
      return InetAddress.getByName(address.toString());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void holdsWhatAnyOfItsNetworksHolds() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Network> networks = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        networks.add(network(random));
      }
      var set = NetworkSet.of(networks);
      for (int i = 0; i < 10; i++) {
        IpAddress address = address(random);
        boolean expected =
            networks.stream()
                .filter(network -> network.address().isV4() == address.isV4())
                .anyMatch(network -> holds(network, address));
        assertThat(set.contains(inet(address).getAddress()))
            .as("seed %d: %s in %s", seed, address, networks)
            .isEqualTo(expected);
      }
    }
  }
}
