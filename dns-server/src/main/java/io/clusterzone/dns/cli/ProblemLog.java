package io.clusterzone.dns.cli;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.ProblemListener;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs each problem of the manifests once, when it comes up, and that they are all solved. Called
/// by the source's thread.
final class ProblemLog implements ProblemListener {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemLog.class);

  private Set<Problem> known = Set.of();

  @Override
  public void problems(List<Problem> problems) {
    for (Problem problem : problems) {
      if (!known.contains(problem)) {
        LOG.warn("{}", problem);
      }
    }
    if (problems.isEmpty()) {
      LOG.info("the manifests have no problems any more");
    }
    known = new HashSet<>(problems);
  }
}
