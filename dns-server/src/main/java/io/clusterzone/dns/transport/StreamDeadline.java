package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Event;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watches the time of one TCP connection. Only whole messages count as activity: octets that
/// trickle in do not keep a connection open.
///
/// A message costs one reading of the clock; the timer re-arms itself when it fires instead of
/// being moved by every message.
final class StreamDeadline implements Runnable {
  private static final long NOT_STALLED = Long.MIN_VALUE;

  private final StreamConnection connection;
  private final EventLoop events;
  private final long firstMessageNanos;
  private final long idleNanos;
  private final long stalledNanos;
  private long quietSinceNanos;
  private long stalledSinceNanos = NOT_STALLED;
  private boolean heard;
  private @Nullable Future<?> timer;

  StreamDeadline(StreamConnection connection, StreamTimes times) {
    this.connection = connection;
    this.events = connection.channel().eventLoop();
    this.firstMessageNanos = times.firstMessage().toNanos();
    this.idleNanos = times.idle().toNanos();
    this.stalledNanos = times.stalled().toNanos();
  }

  void start() {
    quietSinceNanos = now();
    arm(Math.min(firstMessageNanos, stalledNanos));
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /// A whole message came, or an answer that was put off has gone.
  void active() {
    heard = true;
    quietSinceNanos = now();
  }

  void writable(boolean writable) {
    stalledSinceNanos = writable ? NOT_STALLED : now();
  }

  @Override
  public void run() {
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
    arm(leftNanos > 0 ? Math.min(leftNanos, stalledNanos) : stalledNanos);
  }

  private void arm(long delayNanos) {
    timer = events.schedule(this, delayNanos, TimeUnit.NANOSECONDS);
  }

  private long now() {
    return events.ticker().nanoTime();
  }
}
