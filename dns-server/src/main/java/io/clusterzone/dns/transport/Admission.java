package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Event;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Counts the TCP connections of a server, and decides whether one more is admitted. Shared by all
/// event loops; asked once per connection.
final class Admission {
  private final StreamLimits limits;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentMap<InetAddress, Integer> perClient = new ConcurrentHashMap<>();

  Admission(StreamLimits limits) {
    this.limits = limits;
  }

  /// Takes a place for the client, or says what stands against it. A place taken is given back with
  /// [#leave].
  @Nullable Event refusal(InetAddress client) {
    if (open.incrementAndGet() > limits.connections()) {
      open.decrementAndGet();
      return Event.TCP_REFUSED;
    }
    int mine = perClient.merge(client, 1, Integer::sum);
    if (mine > limits.connectionsPerClient()) {
      leave(client);
      return Event.TCP_REFUSED_CLIENT;
    }
    return null;
  }

  void leave(InetAddress client) {
    perClient.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    open.decrementAndGet();
  }
}
