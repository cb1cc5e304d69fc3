package io.clusterzone.dns.report;

/// A number of things in words: `1 file`, `2 files`.
final class Counted {
  private Counted() {}

  static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
