package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;

/// Chooses the first address of an answer, each as often as any other: clients that take the first
/// spread over all.
///
/// Part of [Responder], one per event loop. The numbers are SplitMix64's (Steele, Lea, Flood 2014):
/// even, cheap, and not secret.
final class Rotation {
  private long state;
  private boolean on;

  Rotation(long seed) {
    state = seed;
  }

  void on(boolean value) {
    on = value;
  }

  boolean isOn() {
    return on;
  }

  /// The offset of the record to begin with. Only addresses rotate; they are all of one length.
  int first(Records records) {
    if (!on || records.count == 1 || !isAddress(records.type())) {
      return records.at;
    }
    return records.at + below(records.count) * (records.length / records.count);
  }

  private static boolean isAddress(int type) {
    return type == RRType.A || type == RRType.AAAA;
  }

  /// A number from 0 to `bound` - 1: the upper 32 bits scaled, even to one part in 2^32 / `bound`.
  int below(int bound) {
    state += 0x9e3779b97f4a7c15L;
    long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    mixed ^= mixed >>> 31;
    return (int) (((mixed >>> 32) * bound) >>> 32);
  }
}
