package io.clusterzone.dns.explain;

import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.dns.query.Step;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Verdict;
import java.util.List;

/// A step of a server block's plan that notes what it does with a question, and does nothing else
/// than the step. For one explanation; confined to the event loop that it runs on.
final class RecordingStep implements Step {
  private final Step step;
  private final List<Taken> notes;

  /// @param notes takes one for each time that the step is asked
  RecordingStep(Step step, List<Taken> notes) {
    this.step = step.uncounted();
    this.notes = notes;
  }

  @Override
  public Stage stage() {
    return step.stage();
  }

  @Override
  public boolean takes(Verdict verdict) {
    return step.takes(verdict);
  }

  @Override
  public Ending take(Asked asked) {
    Name name = asked.question().spelledName();
    int type = asked.question().type();
    boolean part = asked.isPart();
    String zone = asked.scope().zone();
    int place = notes.size();
    Ending ending = step.take(asked);
    Name then = asked.question().spelledName();
    notes.add(place, new Taken(step.stage(), zone, name, type, ending, part, then));
    return ending;
  }

  @Override
  public boolean isGate() {
    return step.isGate();
  }

  @Override
  public boolean owns(QuestionView question) {
    return step.owns(question);
  }

  @Override
  public boolean knowsOtherNames() {
    return step.knowsOtherNames();
  }
}
