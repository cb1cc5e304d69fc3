package io.clusterzone.dns.ops;

import java.util.Locale;

/// Why a question was not let wait for an upstream: the label `reason` of what is shed.
public enum ShedReason {
  /// The event loop has been behind for a while, or cannot take all that comes and the client sends
  /// too much.
  BEHIND,
  /// All places for queries that wait are taken.
  WAITING,
  /// The client has its share of the places.
  CLIENT,
  /// `max_concurrent` of the directive `forward`.
  MAX_CONCURRENT;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The reason's place in counters. The order has no meaning outside this process.
  @SuppressWarnings("EnumOrdinal")
  int slot() {
    return ordinal();
  }
}
