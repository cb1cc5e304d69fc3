package io.clusterzone.dns.server;

import io.clusterzone.k8s.problem.Level;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemLine;
import io.clusterzone.k8s.source.ProblemListener;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs problems of the manifests as they come up, many of a kind in one line, and their end.
/// Called by the source's thread.
final class ProblemLog implements ProblemListener {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemLog.class);

  private Set<Problem> known = Set.of();

  @Override
  public void problems(List<Problem> problems) {
    List<Problem> news = problems.stream().filter(problem -> !known.contains(problem)).toList();
    for (ProblemLine line : ProblemLine.of(news)) {
      if (line.kind().level() == Level.NOTE) {
        LOG.info("manifests: {}", line);
      } else {
        LOG.warn("{}", line);
      }
    }
    if (problems.isEmpty()) {
      LOG.info("the manifests have no problems any more");
    }
    known = new HashSet<>(problems);
  }
}
