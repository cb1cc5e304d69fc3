package io.clusterzone.dns.doctor;

import java.util.ArrayList;
import java.util.List;

/// Collects the findings of one section. For one thread.
final class Findings {
  private final Section section;
  private final List<Finding> all = new ArrayList<>();

  Findings(Section section) {
    this.section = section;
  }

  void passed(String check, String text) {
    all.add(new Finding(section, check, Finding.State.PASSED, text, ""));
  }

  void failed(String check, String text, String advice) {
    all.add(new Finding(section, check, Finding.State.FAILED, text, advice));
  }

  /// It could not be looked at, and this is why.
  void skipped(String check, String why) {
    all.add(new Finding(section, check, Finding.State.SKIPPED, why, ""));
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
