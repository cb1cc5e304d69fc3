package io.clusterzone.dns.shadow;

import java.util.Locale;

/// The reasons for which a chosen query is not repeated, or its reply not compared.
enum Drop {
  /// The event loop's ring has no room.
  FULL,
  /// The reply is longer than is copied.
  SIZE,
  /// Our reply has TC: it is only a part.
  TRUNCATED,
  /// As many questions wait for the other server as may.
  INFLIGHT,
  /// It could not be sent, or the address is left alone for a while.
  UNSENT;

  /// The value of the label `reason`.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("EnumOrdinal")
  int slot() {
    return ordinal();
  }
}
