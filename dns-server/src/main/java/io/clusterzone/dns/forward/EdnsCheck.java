package io.clusterzone.dns.forward;

import io.clusterzone.k8s.thread.SteadyTask;
import java.util.function.Consumer;

/// Asks an upstream with OPT again: a lost datagram is no sign that it lacks EDNS. Confined to an
/// event loop; a round for each question.
final class EdnsCheck implements Consumer<SteadyTask> {
  private final LoopUpstreams upstreams;
  private final Upstream upstream;
  private int left = EdnsSupport.CHECKS;

  EdnsCheck(LoopUpstreams upstreams, Upstream upstream) {
    this.upstreams = upstreams;
    this.upstream = upstream;
  }

  @Override
  public void accept(SteadyTask task) {
    if (left == 0) {
      upstream.ednsIgnored(System.nanoTime());
    } else {
      upstreams.probe(upstream, true, result -> task.guard(() -> checked(result, task)));
    }
  }

  private void checked(Attempt result, SteadyTask task) {
    if (result instanceof Attempt.TimedOut && !upstreams.closed()) {
      left--;
      task.now();
    }
  }
}
