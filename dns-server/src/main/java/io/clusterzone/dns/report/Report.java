package io.clusterzone.dns.report;

import io.clusterzone.k8s.problem.Level;
import io.clusterzone.k8s.problem.Problem;
import java.util.List;

/// The things looked at, and the problems found.
///
/// @param problems in the order in which they are reported
public record Report(int blocks, int directives, int objects, int files, List<Problem> problems) {
  public Report {
    problems = List.copyOf(problems);
  }

  public boolean has(Level level) {
    return count(level) > 0;
  }

  long count(Level level) {
    return problems.stream().filter(problem -> problem.level() == level).count();
  }
}
