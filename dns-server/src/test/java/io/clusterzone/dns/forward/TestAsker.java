package io.clusterzone.dns.forward;

import java.util.concurrent.atomic.AtomicInteger;

/// A client for tests.
public record TestAsker(int clientHash, boolean behind) implements Asker {
  public static final TestAsker KEEPING_UP = new TestAsker(1, false);

  private static final AtomicInteger CLIENTS = new AtomicInteger();

  /// A client that nobody else is.
  static TestAsker next() {
    return new TestAsker(CLIENTS.incrementAndGet(), false);
  }
}
