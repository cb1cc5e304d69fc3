package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The parts that Services lack and a cluster would add: addresses, and the Pods that they select.
/// Confined to the source's thread.
///
/// A Service is looked at when it or its endpoints are settled, so it costs nothing in between.
final class MissingParts {
  private final Map<ObjectKey, Problem> missing = new HashMap<>();

  /// @param hasEndpoints whether slices in the files or made of Pods or Endpoints are its
  /// @param matchesPod whether its selector matches one, with an address or not
  void settle(
      ObjectKey key, @Nullable ServiceManifest service, boolean hasEndpoints, boolean matchesPod) {
    @Nullable Problem found =
        service == null || !service.selected() ? null : problem(service, hasEndpoints, matchesPod);
    if (found == null) {
      missing.remove(key);
    } else {
      missing.put(key, found);
    }
  }

  private static @Nullable Problem problem(
      ServiceManifest service, boolean hasEndpoints, boolean matchesPod) {
    boolean selects = !service.endpoints().selector().isEmpty();
    Service.Type type = service.service().type();
    if (type == Service.Type.HEADLESS && !hasEndpoints) {
      return problem(
          service,
          ProblemKind.HEADLESS_WITHOUT_PODS,
          "headless Service %s has no names: "
              + (!selects
                  ? "it has no selector, and no EndpointSlice is its"
                  : matchesPod
                      ? "the Pods that it selects have no podIP"
                      : "its selector matches no Pod"));
    }
    if (type == Service.Type.CLUSTER_IP && service.service().clusterIps().isEmpty()) {
      return problem(
          service,
          ProblemKind.NO_ADDRESS,
          "Service %s has no address; give it a clusterIP, or a range to all with --service-cidr");
    }
    return type == Service.Type.CLUSTER_IP && selects && !hasEndpoints && !matchesPod
        ? problem(
            service,
            ProblemKind.SELECTOR_WITHOUT_PODS,
            "the selector of Service %s matches no Pod; compare it with their labels")
        : null;
  }

  private static Problem problem(ServiceManifest service, ProblemKind kind, String message) {
    String name = service.key().toString();
    return service.origin().problem(kind, name, message.formatted(name));
  }

  /// Adds what is missing. Where a namespace has no Pods at all, it is no wonder that none of them
  /// is selected.
  void addProblems(List<Problem> problems, Predicate<String> hasPods) {
    missing.forEach((key, problem) -> {
      if (problem.kind() != ProblemKind.SELECTOR_WITHOUT_PODS || hasPods.test(key.namespace())) {
        problems.add(problem);
      }
    });
  }
}
