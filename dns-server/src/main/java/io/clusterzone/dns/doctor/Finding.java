package io.clusterzone.dns.doctor;

import java.util.Locale;

/// The outcome of one check.
///
/// @param check the thing looked at, as `UDP 10.0.0.5:53`
/// @param text what was found; where it was skipped, why
/// @param advice what to do next; empty unless it failed
public record Finding(Section section, String check, State state, String text, String advice) {
  /// What became of a check.
  public enum State {
    PASSED,
    FAILED,
    /// It could not be looked at.
    SKIPPED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean is(State other) {
    return state == other;
  }
}
