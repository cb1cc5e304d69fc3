package io.clusterzone.dns.forward;

import io.clusterzone.k8s.thread.SteadyTask;
import java.util.function.Consumer;

/// Asks an upstream with OPT again, so that a lost datagram is not taken for an upstream without
/// EDNS. Confined to an event loop; a round for each question.
final class EdnsCheck implements Consumer<SteadyTask> {
  private final LoopForwarder forwarder;
  private final Upstream upstream;
  private int left = EdnsSupport.CHECKS;

  EdnsCheck(LoopForwarder forwarder, Upstream upstream) {
    this.forwarder = forwarder;
    this.upstream = upstream;
  }

  @Override
  public void accept(SteadyTask task) {
    if (left == 0) {
      upstream.ednsIgnored(System.nanoTime());
    } else {
      forwarder.probe(upstream, true, result -> task.guard(() -> checked(result, task)));
    }
  }

  private void checked(Attempt result, SteadyTask task) {
    if (result instanceof Attempt.TimedOut && !forwarder.closed()) {
      left--;
      task.now();
    }
  }
}
