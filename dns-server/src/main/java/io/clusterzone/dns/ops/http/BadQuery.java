package io.clusterzone.dns.ops.http;

import java.io.Serial;

/// A query that a page does not take. The message is for its sender, and says what is taken.
public final class BadQuery extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public BadQuery(String message) {
    super(message);
  }
}
