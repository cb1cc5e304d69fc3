package io.clusterzone.k8s.problem;

import java.util.Locale;

/// The weight of a problem, the heaviest first.
public enum Level {
  /// A file, block or object that was to be served is not, or not as it stands.
  ERROR,

  /// It is served as it stands, and probably not as it was meant.
  WARNING,

  /// It is none of ours, and nothing need be done.
  NOTE;

  /// `error`, as people and SARIF write it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
