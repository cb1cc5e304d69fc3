package io.clusterzone.dns.forward;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Whether an upstream takes questions with an OPT record, as far as is known. Safe on any thread.
///
/// A server without EDNS answers such a question with an error or not at all, and the same question
/// without the record well (RFC 6891 section 7). An error is proof at once, but silence is also
/// what a lost datagram looks like: a question that meets it makes the upstream doubted, and one
/// without OPT decides. If that is answered, the upstream is asked without from then on and checked
/// with questions of our own; only when all of them meet silence too is it remembered.
///
/// ```
///   TAKES ------ silence ------> DOUBTED --- answer without OPT ---> CHECKED --- silence ---> REFUSES
///     ^                             |                                   |                        ^
///     +--- silence without OPT -----+                                   |            an error to OPT,
///     +--- any answer to OPT, or MEMORY / CHECK_TIME is over -----------+     and none without -- any
/// ```
final class EdnsSupport {
  /// The time that an upstream is asked without OPT before it is tried with it again.
  static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(15);

  /// The longest time that it is asked without OPT if the checks come to no end.
  static final long CHECK_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// Questions with OPT in a row that have to meet silence.
  static final int CHECKS = 3;

  private enum Phase {
    TAKES,
    DOUBTED,
    CHECKED,
    REFUSES
  }

  private record State(Phase phase, long sinceNanos) {
    boolean isOver(long nowNanos) {
      return switch (phase) {
        case TAKES, DOUBTED -> false;
        case CHECKED -> nowNanos - sinceNanos >= CHECK_NANOS;
        case REFUSES -> nowNanos - sinceNanos >= MEMORY_NANOS;
      };
    }
  }

  private static final State TAKES = new State(Phase.TAKES, 0);

  private final AtomicReference<State> state = new AtomicReference<>(TAKES);

  private State at(long nowNanos) {
    State now = state.get();
    return now.isOver(nowNanos) ? TAKES : now;
  }

  /// Whether the next question is to have an OPT record.
  boolean takesOpt(long nowNanos) {
    return at(nowNanos).phase() == Phase.TAKES;
  }

  /// Whether it is known to answer nothing that has an OPT record, not only suspected.
  boolean refusesOpt(long nowNanos) {
    return at(nowNanos).phase() == Phase.REFUSES;
  }

  /// A question met silence.
  void silent(boolean withOpt, long nowNanos) {
    State before = state.get();
    Phase phase = at(nowNanos).phase();
    if (withOpt && phase == Phase.TAKES) {
      state.compareAndSet(before, new State(Phase.DOUBTED, nowNanos));
    } else if (!withOpt && phase == Phase.DOUBTED) {
      state.compareAndSet(before, TAKES);
    }
  }

  /// A question was answered, with anything but an error that may be about the OPT record. Returns
  /// whether the caller is to check the upstream with [#CHECKS] questions that have one.
  boolean answered(boolean withOpt, long nowNanos) {
    State before = state.get();
    if (withOpt) {
      if (before.phase() != Phase.TAKES) {
        state.set(TAKES);
      }
      return false;
    }
    return before.phase() == Phase.DOUBTED
        && state.compareAndSet(before, new State(Phase.CHECKED, nowNanos));
  }

  /// All checks met silence, or a question with OPT an error and without it none.
  void refused(long nowNanos) {
    state.set(new State(Phase.REFUSES, nowNanos));
  }

  /// The checks met silence; what was learnt meanwhile counts more.
  ///
  /// @return whether it is remembered
  boolean checked(long nowNanos) {
    State before = state.get();
    return before.phase() == Phase.CHECKED
        && state.compareAndSet(before, new State(Phase.REFUSES, nowNanos));
  }
}
