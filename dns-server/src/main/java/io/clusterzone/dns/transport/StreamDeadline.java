package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Event;
import io.clusterzone.k8s.thread.SteadyTask;
import io.netty.channel.EventLoop;

/// Watches the time of one TCP connection. Only whole messages count as activity: octets that
/// trickle in do not keep a connection open.
///
/// A message costs one reading of the clock; the timer re-arms itself when it fires instead of
/// being moved by every message. It fires again even if it throws.
final class StreamDeadline {
  private static final long NOT_STALLED = Long.MIN_VALUE;

  private final StreamConnection connection;
  private final EventLoop events;
  private final long firstMessageNanos;
  private final long idleNanos;
  private final long stalledNanos;
  private long quietSinceNanos;
  private long stalledSinceNanos = NOT_STALLED;
  private boolean heard;
  private final SteadyTask timer;

  StreamDeadline(StreamConnection connection, StreamTimes times) {
    this.connection = connection;
    this.events = connection.channel().eventLoop();
    this.firstMessageNanos = times.firstMessage().toNanos();
    this.idleNanos = times.idle().toNanos();
    this.stalledNanos = times.stalled().toNanos();
    this.timer = new SteadyTask("tcp-deadline", events, times.stalled(), _ -> look());
  }

  void start() {
    quietSinceNanos = now();
    timer.later(Math.min(firstMessageNanos, stalledNanos));
  }

  void stop() {
    timer.cancel();
  }

  /// A whole message came, or an answer that was put off has gone.
  void active() {
    heard = true;
    quietSinceNanos = now();
  }

  void writable(boolean writable) {
    stalledSinceNanos = writable ? NOT_STALLED : now();
  }

  private void look() {
    long now = now();
    if (stalledSinceNanos != NOT_STALLED && now - stalledSinceNanos >= stalledNanos) {
      connection.close(Event.TCP_CLOSED_SLOW);
      return;
    }
    if (connection.inFlight() > 0) {
      quietSinceNanos = now;
    }
    long leftNanos = quietSinceNanos + (heard ? idleNanos : firstMessageNanos) - now;
    if (stalledSinceNanos == NOT_STALLED && leftNanos <= 0) {
      connection.close(heard ? Event.TCP_CLOSED_IDLE : Event.TCP_CLOSED_SILENT);
      return;
    }
    timer.later(leftNanos > 0 ? Math.min(leftNanos, stalledNanos) : stalledNanos);
  }

  private long now() {
    return events.ticker().nanoTime();
  }
}
