package io.clusterzone.dns.shadow;

import io.clusterzone.k8s.thread.SteadyThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Objects;

/// A turn of the thread "shadow": takes replies, ends what has waited too long, asks again what is
/// disputed, and repeats new samples.
///
/// Event loops do not wake it, which would be a system call of theirs: it looks by itself, each
/// five milliseconds while there are samples and each twenty while there are none. What they copy
/// meanwhile stays in their rings. Replies wake it.
final class ShadowTurn implements SteadyThread.Step {
  private static final long BUSY_MILLIS = 5;
  private static final long IDLE_MILLIS = 20;

  /// Samples of one event loop that are taken out before replies have their turn.
  private static final int SAMPLES_AT_ONCE = 1024;

  private final Collection<LoopTap> taps;
  private final OtherServer other;
  private final Differences differences;
  private final LoopDrops drops = new LoopDrops();
  private boolean busy;
  private volatile int inFlight;

  /// @param taps of all event loops; some may come later
  ShadowTurn(Collection<LoopTap> taps, OtherServer other, Differences differences) {
    this.taps = taps;
    this.other = other;
    this.differences = differences;
  }

  LoopDrops drops() {
    return drops;
  }

  /// From any thread.
  int inFlight() {
    return inFlight;
  }

  int disputed() {
    return differences.disputes().size();
  }

  @Override
  public void take() throws InterruptedException {
    try {
      other.receive(busy ? BUSY_MILLIS : IDLE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long now = System.nanoTime();
    other.expire(now);
    differences.disputes().turn(now);
    busy = repeatSamples(now);
    inFlight = other.inFlight();
  }

  private boolean repeatSamples(long now) {
    boolean any = false;
    for (LoopTap tap : taps) {
      SampleRing ring = tap.ring();
      for (int i = 0; i < SAMPLES_AT_ONCE && !ring.isEmpty(); i++) {
        any = true;
        if (other.hasRoom()) {
          repeat(Objects.requireNonNull(ring.poll()), now);
        } else {
          ring.skip();
          drops.count(Drop.INFLIGHT);
        }
      }
    }
    return any;
  }

  private void repeat(Sample sample, long now) {
    Peer peer = other.next();
    boolean sent =
        other.ask(
            peer,
            sample.question(),
            now,
            (reply, nanos) -> {
              if (reply.length > 0) {
                peer.counts().durations.observe(nanos);
                differences.compare(sample, peer, reply, now + nanos);
              }
            });
    if (sent) {
      peer.counts().asked.increment();
    } else {
      drops.count(Drop.UNSENT);
    }
  }
}
