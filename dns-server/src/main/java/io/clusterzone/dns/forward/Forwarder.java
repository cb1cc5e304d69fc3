package io.clusterzone.dns.forward;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// One `forward` directive as all event loops share it: the upstreams, and how many questions wait.
/// Each loop asks through a [LoopForwarder] of its own. Safe on any thread.
public final class Forwarder implements AutoCloseable {
  private final ForwardOptions options;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder allDown = new LongAdder();
  private volatile boolean closed;

  public Forwarder(ForwardOptions options) {
    this.options = options;
  }

  public ForwardOptions options() {
    return options;
  }

  public List<Upstream> upstreams() {
    return options.upstreams();
  }

  /// Nobody asks it any more: its upstreams are not probed from now on.
  @Override
  public void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  AtomicInteger turn() {
    return turn;
  }

  /// Takes a place for one more question that waits for an upstream.
  boolean enter() {
    if (waiting.incrementAndGet() <= options.maxConcurrent()) {
      return true;
    }
    waiting.decrementAndGet();
    rejected.increment();
    return false;
  }

  void leave() {
    waiting.decrementAndGet();
  }

  /// Questions that wait for an upstream now.
  public int waiting() {
    return waiting.get();
  }

  /// Questions refused because too many waited.
  public long rejected() {
    return rejected.sum();
  }

  void foundAllDown() {
    allDown.increment();
  }

  /// How often every upstream was down when a question came.
  public long allDown() {
    return allDown.sum();
  }
}
