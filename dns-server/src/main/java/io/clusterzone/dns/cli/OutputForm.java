package io.clusterzone.dns.cli;

import java.util.Locale;

/// The form of what a command tells: for people, or for scripts.
enum OutputForm {
  TEXT,
  JSON;

  /// As it is typed.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
