package io.clusterzone.k8s.api;

import java.io.IOException;

/// The state learnt so far cannot be continued from.
final class RelistException extends IOException {
  private static final long serialVersionUID = 1;

  private final RelistReason reason;

  RelistException(RelistReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static RelistException backwards(String last, String next) {
    return new RelistException(
        RelistReason.BACKWARDS, "resource version " + next + " after " + last);
  }

  RelistReason reason() {
    return reason;
  }
}
