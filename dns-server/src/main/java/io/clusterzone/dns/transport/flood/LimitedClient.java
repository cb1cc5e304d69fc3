package io.clusterzone.dns.transport.flood;

/// A client that is limited.
///
/// @param name its address, or [#OTHERS]
/// @param sent datagrams that it sends each second, as estimated
/// @param let the number of them that are queued
record LimitedClient(String name, double sent, double let) {
  /// All clients that cannot be distinguished, as when addresses are forged.
  static final String OTHERS = "clients that cannot be told apart";

  /// The same client at two event loops.
  LimitedClient plus(LimitedClient other) {
    return new LimitedClient(name, sent + other.sent, let + other.let);
  }

  @Override
  public String toString() {
    return "%s: %.0f/s, %.0f/s of them taken".formatted(name, sent, let);
  }
}
