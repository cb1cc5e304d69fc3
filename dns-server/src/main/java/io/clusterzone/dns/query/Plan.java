package io.clusterzone.dns.query;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Verdict;
import java.util.Comparator;
import java.util.List;

/// A compiled server block: the steps of its directives in the order of [Stage]. A directive that
/// is not there has no step. Immutable.
public final class Plan {
  /// By verdict: which steps take queries of it, and their names.
  private final Step[][] steps = new Step[Verdict.values().length][];

  private final Stage[][] stages = new Stage[Verdict.values().length][];

  /// The number of gates, which come first, by verdict.
  private final int[] gates = new int[Verdict.values().length];

  private final List<Step> all;

  /// @param steps in any order
  public Plan(List<Step> steps) {
    all = steps.stream().sorted(Comparator.comparing(Step::stage)).toList();
    for (Verdict verdict : Verdict.values()) {
      List<Step> taking = all.stream().filter(step -> step.takes(verdict)).toList();
      this.steps[slot(verdict)] = taking.toArray(Step[]::new);
      gates[slot(verdict)] = (int) taking.stream().takeWhile(Step::isGate).count();
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
    int verdict = slot(asked.verdict);
    Ending ending = Ending.PASS;
    while (ending == Ending.PASS && asked.next < steps[verdict].length) {
      ending = asked.unguarded ? guard(asked, verdict) : take(asked, verdict, asked.next++);
    }
    if (ending != Ending.PASS) {
      return ending;
    }
    asked.stage = Stage.NONE;
    return asked.nobodyAnswers();
  }

  /// Asks the gates about a question that was put in place of the one received.
  private Ending guard(Asked asked, int verdict) {
    asked.unguarded = false;
    Ending ending = Ending.PASS;
    for (int i = 0; i < gates[verdict] && ending == Ending.PASS; i++) {
      ending = take(asked, verdict, i);
    }
    return ending;
  }

  private Ending take(Asked asked, int verdict, int step) {
    asked.stage = stages[verdict][step];
    return steps[verdict][step].take(asked);
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
