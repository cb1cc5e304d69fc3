package io.clusterzone.dns.query;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// A compiled server block: the steps of its directives in the order of [Stage]. A directive that
/// is not there has no step. Immutable.
public final class Plan {
  /// By verdict.
  private final Step[][] taking = new Step[Verdict.values().length][];

  private final Step[] takingQueries;
  private final List<Step> all;

  /// @param steps in any order
  public Plan(List<Step> steps) {
    all = steps.stream().sorted(Comparator.comparing(Step::stage)).toList();
    for (Verdict verdict : Verdict.values()) {
      taking[slot(verdict)] = all.stream().filter(step -> step.takes(verdict)).toArray(Step[]::new);
    }
    takingQueries = taking[slot(Verdict.QUERY)];
  }

  /// In the order in which they are asked.
  public List<Step> steps() {
    return all;
  }

  @SuppressWarnings("EnumOrdinal")
  private static int slot(Verdict verdict) {
    return verdict.ordinal();
  }

  private Step[] steps(Verdict verdict) {
    return verdict == Verdict.QUERY ? takingQueries : taking[slot(verdict)];
  }

  /// Asks step after step, from the one at which the question is, until one does not pass.
  Ending run(Asked asked) {
    Step[] steps = steps(asked.verdict);
    while (asked.next < steps.length) {
      Ending ending = asked.unguarded ? guard(asked, steps) : take(asked, steps[asked.next++]);
      if (ending != Ending.PASS) {
        return ending;
      }
    }
    return asked.nobodyAnswers();
  }

  /// Asks the gates, which come first, about a question that was put in place of the one received.
  private static Ending guard(Asked asked, Step[] steps) {
    asked.unguarded = false;
    Ending ending = Ending.PASS;
    for (int i = 0; ending == Ending.PASS && i < steps.length && steps[i].isGate(); i++) {
      ending = take(asked, steps[i]);
    }
    return ending;
  }

  private static Ending take(Asked asked, Step step) {
    return counted(asked, step, step.take(asked));
  }

  /// Has an answer counted by the step's name, unless the step has named another.
  private static Ending counted(Asked asked, Step step, Ending ending) {
    if (ending == Ending.WRITTEN && asked.stage == Stage.NONE) {
      asked.stage = step.stage();
    }
    return ending;
  }

  /// Goes on with the step that put the question off, and with those behind if that passes.
  Ending goOn(Asked asked, Function<Asked, Ending> then) {
    Ending ending = counted(asked, steps(asked.verdict)[asked.next - 1], then.apply(asked));
    return ending == Ending.PASS ? run(asked) : ending;
  }

  boolean owns(QuestionView question) {
    for (Step step : all) {
      if (step.owns(question)) {
        return true;
      }
    }
    return false;
  }

  boolean isGuarded() {
    return all.stream().anyMatch(Step::isGate);
  }

  boolean knowsOtherNames() {
    return all.stream().anyMatch(Step::knowsOtherNames);
  }

  void begin(LoopChannels channels) {
    all.forEach(step -> step.begin(channels));
  }
}
