package io.clusterzone.dns.transport.flood;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Keeps the kernel's queues of an overloaded event loop short, at the expense of the largest
/// senders. Confined to the loop.
///
/// A full queue is the worst there is: a datagram that gets a place waits for all before it, and a
/// client that floods gets nearly all places. So once the loop is behind and datagrams are dropped,
/// a [SocketFilter] drops them before they are queued: [FloodControl] sets the rate, [FairShare]
/// divides it. That costs the sender, not the loop. Until then clients are not even counted.
public final class FloodGate {
  public static final Duration PERIOD = Duration.ofMillis(100);

  /// The longest that a datagram shall wait.
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /// Periods without a limit after which it looks no more, and the flood is over.
  private static final int CALM = 50;

  private final LoopPace pace;
  private final Executor nextPeriod;
  private final LongSupplier clock;
  private final LimitedClients limited;
  private final FloodControl control = new FloodControl();
  private final ClientRates rates = new ClientRates();
  private final SocketFilter filter = new SocketFilter();
  private final List<KernelQueue> queues = new ArrayList<>();
  private boolean watching;
  private int calm;
  private int catchUps;
  private long sinceNanos;
  private long dropped;

  /// @param loop runs tasks at the end of the present turn
  /// @param nextPeriod runs the one task it is given when [#PERIOD] has passed
  /// @param clock nanoseconds, from any origin
  /// @param limited gets the clients that are limited
  public FloodGate(Executor loop, Executor nextPeriod, LongSupplier clock, LimitedClients limited) {
    this.pace = new LoopPace(loop, clock, this::watch);
    this.nextPeriod = nextPeriod;
    this.clock = clock;
    this.limited = limited;
  }

  public LoopPace pace() {
    return pace;
  }

  /// Guards the queue of a socket of the loop until it is closed.
  public void add(KernelQueue queue) {
    queues.removeIf(KernelQueue::isClosed);
    queues.add(queue);
  }

  /// Whether it wants each datagram's sender.
  public boolean isWatching() {
    return watching;
  }

  /// A datagram has been received from this address of 4 or 16 octets.
  public void received(byte[] sender) {
    rates.count(sender);
  }

  /// Whether more is sent than can be taken, and this client is one that sends too much.
  public boolean limits(byte[] client) {
    return control.isLimiting() && rates.share(SocketFilter.client(client)) < 1;
  }

  private void watch() {
    if (!watching) {
      watching = true;
      calm = 0;
      rates.clear();
      begin(clock.getAsLong(), droppedSoFar());
    }
  }

  private void begin(long nowNanos, long droppedNow) {
    sinceNanos = nowNanos;
    dropped = droppedNow;
    catchUps = pace.catchUps();
    var _ = pace.takeLongestNanos();
    nextPeriod.execute(this::endPeriod);
  }

  private void endPeriod() {
    long now = clock.getAsLong();
    long droppedNow = droppedSoFar();
    long droppedSince = Math.max(0, droppedNow - dropped); // Queues that were closed count no more.
    double seconds = (now - sinceNanos) / 1e9;
    double taken = rates.received() / seconds;
    rates.estimate(seconds, droppedSince);
    control.pass(paceOfPeriod(), droppedSince > 0, taken, rates.total());
    if (control.isLimiting()) {
      limit();
      calm = 0;
    } else {
      limitNobody();
      calm++;
    }
    watching = calm < CALM;
    if (watching) {
      limited.limited(this, rates.limited(), now);
      begin(now, droppedNow);
    } else {
      limited.ended(this, now);
    }
  }

  private FloodControl.Pace paceOfPeriod() {
    if (pace.isAtWork() && pace.catchUps() == catchUps) {
      return FloodControl.Pace.BEHIND;
    }
    return pace.takeLongestNanos() > LATE_NANOS
        ? FloodControl.Pace.LATE
        : FloodControl.Pace.IN_TIME;
  }

  private long droppedSoFar() {
    long sum = 0;
    for (KernelQueue queue : queues) {
      sum += queue.dropped();
    }
    return sum;
  }

  private void limit() {
    FairShare.divide(rates, control.target());
    rates.writeTo(filter);
    queues.forEach(queue -> queue.filter(filter));
  }

  private void limitNobody() {
    rates.limitNobody();
    queues.forEach(KernelQueue::removeFilter);
  }
}
