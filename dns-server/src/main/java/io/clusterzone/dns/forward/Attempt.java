package io.clusterzone.dns.forward;

import io.clusterzone.zones.wire.Header;

/// The result of asking one upstream once.
sealed interface Attempt {
  /// A message that answers the query, not yet cleaned.
  final class Received implements Attempt {
    private final byte[] message;

    Received(byte[] message) {
      this.message = message;
    }

    byte[] message() {
      return message;
    }

    /// The response code in its header.
    int rcode() {
      return message[Header.FLAGS + 1] & 0x0f;
    }
  }

  /// A message that fits except in the spelling of the name: from a server that does not keep the
  /// case, or from a guesser.
  record OtherSpelling() implements Attempt {}

  /// Nothing in time.
  record TimedOut() implements Attempt {}

  /// The upstream could not be reached, or it closed the connection.
  record Unreachable(String reason) implements Attempt {}

  /// The receiver of the result: called once, on the event loop that asked.
  @FunctionalInterface
  interface Listener {
    void ended(Attempt attempt);
  }
}
