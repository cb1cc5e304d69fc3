package io.clusterzone.dns.explain;

import io.clusterzone.dns.explain.Walk.Visit;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import java.util.List;

/// A name that did not resolve, and what was found out about it. Immutable.
///
/// @param shape how much it looks like a name that was meant
record Looked(Visit visit, List<Finding> findings, int shape) {
  /// Names of Services are meant most often, and those of their ports.
  static int shape(Name name, ClusterObjects cluster) {
    Labels labels = Labels.of(name, cluster);
    if (labels == null || !labels.fromZone(0).equals("svc")) {
      return 0;
    }
    List<String> front = labels.inFront(3);
    boolean port = front.size() == 2 && front.getFirst().startsWith("_");
    boolean service = front.isEmpty() && labels.labels().size() == 3;
    return service || port ? 2 : front.size() == 1 ? 1 : 0;
  }

  /// The worth of the findings to a person: a name that is there first, then one that resolves,
  /// then objects that are there.
  int score() {
    int best = visit.outcomes().contains(Outcome.NODATA) ? 200 : 0;
    for (Finding finding : findings) {
      int worth =
          !finding.suggestion().isEmpty()
              ? 100
              : switch (finding.kind()) {
                case NO_BLOCK, NO_ANSWERER, NOTHING_NEAR, UPSTREAM -> 1;
                case NAMESPACE_UNKNOWN,
                    NAMESPACE_NOT_SERVED,
                    SERVICE_UNKNOWN,
                    ADDRESS_UNKNOWN,
                    POD_NAMES,
                    SVC_MISSING ->
                    10;
                case SERVICE_ELSEWHERE,
                    NO_READY_ENDPOINT,
                    ENDPOINT_UNKNOWN,
                    PORT_UNKNOWN,
                    NO_UNDERSCORES,
                    FAMILY_MISSING,
                    NO_SUCH_TYPE,
                    OTHER_ZONE,
                    LABELS_SWAPPED,
                    ALIAS_TARGET,
                    ALIAS_INVALID,
                    EMPTY_HIDDEN,
                    NOT_LEARNT,
                    STALE,
                    BLOCKED,
                    SEARCH_ENDED,
                    SEARCH_LONG,
                    TRUNCATED,
                    NOBODY_BEHIND,
                    NO_REPLY ->
                    50;
              };
      best = Math.max(best, worth);
    }
    return best + shape;
  }
}
