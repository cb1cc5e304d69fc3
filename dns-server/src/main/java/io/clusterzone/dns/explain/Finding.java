package io.clusterzone.dns.explain;

/// One thing found out about a name. Immutable.
///
/// @param text one sentence, with the names at hand
/// @param suggestion a name that resolves and was probably meant; empty if there is none
record Finding(FindingKind kind, String text, String suggestion) {
  Finding(FindingKind kind, String text) {
    this(kind, text, "");
  }
}
