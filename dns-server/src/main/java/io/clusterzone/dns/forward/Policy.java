package io.clusterzone.dns.forward;

import java.util.concurrent.atomic.AtomicInteger;

/// In which order the upstreams of one block are asked.
public enum Policy {
  RANDOM("random"),
  ROUND_ROBIN("round_robin"),
  SEQUENTIAL("sequential");

  private final String word;

  Policy(String word) {
    this.word = word;
  }

  /// Its word in a Corefile.
  public String word() {
    return word;
  }

  /// Which of `count` upstreams is asked first; the others follow in their order, going round.
  int first(int count, Randomness random, AtomicInteger turn) {
    return switch (this) {
      case RANDOM -> random.below(count);
      case ROUND_ROBIN -> Math.floorMod(turn.getAndIncrement(), count);
      case SEQUENTIAL -> 0;
    };
  }
}
