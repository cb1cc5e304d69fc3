package io.clusterzone.dns.step;

import io.clusterzone.dns.forward.LoopDetector;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.dns.query.Step;
import io.clusterzone.zones.wire.Rcode;

/// The directive `loop`: refuses the queries that this server sent to see whether they come back.
public final class LoopStep implements Step {
  private final LoopDetector detector;

  public LoopStep(LoopDetector detector) {
    this.detector = detector;
  }

  @Override
  public Stage stage() {
    return Stage.LOOP;
  }

  @Override
  public Ending take(Asked asked) {
    return detector.recognizes(asked.query()) ? asked.status(Rcode.REFUSED) : Ending.PASS;
  }

  /// Once, however often it is called.
  @Override
  public void begin(LoopChannels channels) {
    detector.start(channels);
  }
}
