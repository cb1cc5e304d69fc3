package io.clusterzone.dns.forward;

import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.UpstreamCounters.Transport;
import io.clusterzone.k8s.thread.SteadyTask;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop to one upstream over TCP or TLS. Confined to the event loop.
///
/// A query takes the first connection that has room; a new one is opened up to [#MAX_CONNECTIONS].
/// Connections that nothing waits on are closed when they have been idle or open for too long.
final class StreamPool {
  /// Connections of one loop to one upstream.
  static final int MAX_CONNECTIONS = 8;

  private final LoopChannels channels;
  private final Upstream upstream;
  private final Forward.Connections times;
  private final Deque<StreamConnection> open = new ArrayDeque<>();
  private final SteadyTask sweeping;

  StreamPool(LoopChannels channels, Upstream upstream, Forward.Connections times) {
    this.channels = channels;
    this.upstream = upstream;
    this.times = times;
    this.sweeping =
        new SteadyTask("connection-sweep", channels.loop(), times.expire(), _ -> sweep());
  }

  EventLoop loop() {
    return channels.loop();
  }

  InetSocketAddress address() {
    return upstream.address();
  }

  @Nullable SslContext tls() {
    return upstream.tls();
  }

  String serverName() {
    return upstream.serverName();
  }

  void mismatched() {
    upstream.counters().mismatched();
  }

  void closed(StreamConnection connection) {
    open.remove(connection);
  }

  void ask(OutgoingQuery query, long timeoutMillis, Attempt.Listener listener) {
    long now = System.nanoTime();
    StreamConnection connection = take(query.id(), now);
    if (connection == null) {
      listener.ended(new Attempt.Unreachable("all connections to it are full"));
      return;
    }
    connection.ask(query, timeoutMillis, now, listener);
    sweeping.later();
  }

  private @Nullable StreamConnection take(int id, long nowNanos) {
    for (StreamConnection connection : open) {
      if (isYoung(connection, nowNanos) && connection.canTake(id)) {
        upstream.counters().reusedConnection(transport());
        return connection;
      }
    }
    if (open.size() >= MAX_CONNECTIONS) {
      return null;
    }
    upstream.counters().openedConnection(transport());
    StreamConnection opened = StreamConnection.open(this, channels, nowNanos);
    open.addLast(opened);
    return opened;
  }

  private boolean isYoung(StreamConnection connection, long nowNanos) {
    return times.maxAge().isZero()
        || nowNanos - connection.openedNanos() < times.maxAge().toNanos();
  }

  private Transport transport() {
    return upstream.tls() == null ? Transport.TCP : Transport.TLS;
  }

  private void sweep() {
    long now = System.nanoTime();
    int idle = 0;
    for (StreamConnection connection : new ArrayList<>(open)) {
      boolean expired =
          now - connection.lastUsedNanos() >= times.expire().toNanos() || !isYoung(connection, now);
      boolean spare = times.maxIdle() > 0 && idle >= times.maxIdle();
      if (connection.isIdle() && (expired || spare)) {
        connection.close();
      } else if (connection.isIdle()) {
        idle++;
      }
    }
    if (!open.isEmpty()) {
      sweeping.later();
    }
  }
}
