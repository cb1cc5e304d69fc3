package io.clusterzone.dns.query;

import java.util.function.Function;

/// A question that was put off. Confined to one event loop.
interface Held {
  /// Goes on with the step that put it off, and with those behind if that passes. Once.
  void goOn(Function<Asked, Ending> step);
}
