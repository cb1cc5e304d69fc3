package io.clusterzone.dns.query;

import java.util.concurrent.ThreadLocalRandom;

/// Hashes of client addresses, seeded: two that are counted together cannot be chosen.
final class ClientHash {
  private static final int SEED = ThreadLocalRandom.current().nextInt();
  private static final int FACTOR = 0x9e3779b1;

  private ClientHash() {}

  static int of(byte[] address) {
    int hash = SEED;
    for (byte octet : address) {
      hash = (hash ^ octet) * FACTOR;
      hash ^= hash >>> 15;
    }
    return hash;
  }
}
