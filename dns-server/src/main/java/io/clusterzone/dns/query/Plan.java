package io.clusterzone.dns.query;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Verdict;
import java.util.Comparator;
import java.util.List;

/// What a server block was compiled to: the steps of its directives in the order of [Stage]. A
/// directive that is not there has no step. Immutable.
public final class Plan {
  /// By verdict: which steps take queries of it, and their names.
  private final Step[][] steps = new Step[Verdict.values().length][];

  private final Stage[][] stages = new Stage[Verdict.values().length][];
  private final List<Step> all;

  /// @param steps in any order
  public Plan(List<Step> steps) {
    all = steps.stream().sorted(Comparator.comparing(Step::stage)).toList();
    for (Verdict verdict : Verdict.values()) {
      List<Step> taking = all.stream().filter(step -> step.takes(verdict)).toList();
      this.steps[slot(verdict)] = taking.toArray(Step[]::new);
      stages[slot(verdict)] = taking.stream().map(Step::stage).toArray(Stage[]::new);
    }
  }

  /// In the order in which they are asked.
  public List<Step> steps() {
    return all;
  }

  @SuppressWarnings("EnumOrdinal")
  private static int slot(Verdict verdict) {
    return verdict.ordinal();
  }

  /// Asks step after step, from the one at which the question is, until one does not pass.
  Ending run(Asked asked) {
    Step[] taking = steps[slot(asked.verdict)];
    while (asked.next < taking.length) {
      asked.stage = stages[slot(asked.verdict)][asked.next];
      Ending ending = taking[asked.next++].take(asked);
      if (ending != Ending.PASS) {
        return ending;
      }
    }
    asked.stage = Stage.NONE;
    return asked.nobodyAnswers();
  }

  boolean owns(QuestionView question) {
    for (Step step : all) {
      if (step.owns(question)) {
        return true;
      }
    }
    return false;
  }

  boolean knowsOtherNames() {
    return all.stream().anyMatch(Step::knowsOtherNames);
  }

  void begin(LoopChannels channels) {
    all.forEach(step -> step.begin(channels));
  }
}
