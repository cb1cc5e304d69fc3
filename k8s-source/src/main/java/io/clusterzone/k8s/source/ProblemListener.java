package io.clusterzone.k8s.source;

import io.clusterzone.k8s.problem.Problem;
import java.util.List;

/// The listener to problems of the manifests.
public interface ProblemListener {
  /// All problems there are now, sorted; called when they change, by the thread that loads, later
  /// by the source's own. An empty list says that all are solved.
  void problems(List<Problem> problems);
}
