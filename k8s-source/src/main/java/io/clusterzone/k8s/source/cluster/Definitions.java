package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.object.Manifest;
import io.clusterzone.k8s.source.object.Manifest.Identity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All definitions of every object, in the order of their places. The first counts; the others are
/// problems. Confined to the source's thread.
final class Definitions {
  private static final Comparator<Manifest> BY_PLACE = Comparator.comparing(Manifest::origin);

  private final Map<Identity, Manifest> first = new HashMap<>();

  /// Only objects that are defined more than once.
  private final Map<Identity, List<Manifest>> others = new HashMap<>();

  /// The definition that counts, or null.
  @Nullable Manifest get(Identity id) {
    return first.get(id);
  }

  void add(Manifest manifest) {
    Identity id = manifest.id();
    @Nullable Manifest known = first.putIfAbsent(id, manifest);
    if (known != null) {
      List<Manifest> all = others.computeIfAbsent(id, _ -> new ArrayList<>(List.of(known)));
      all.add(manifest);
      all.sort(BY_PLACE);
      first.put(id, all.getFirst());
    }
  }

  void remove(Manifest manifest) {
    Identity id = manifest.id();
    @Nullable List<Manifest> all = others.get(id);
    if (all == null) {
      first.remove(id);
      return;
    }
    all.remove(manifest);
    first.put(id, all.getFirst());
    if (all.size() == 1) {
      others.remove(id);
    }
  }

  void addProblems(List<Problem> problems) {
    others.forEach((id, all) -> {
      for (Manifest other : all.subList(1, all.size())) {
        problems.add(
            other
                .origin()
                .problem(
                    ProblemKind.DEFINED_TWICE,
                    "%s (%s)".formatted(id, other.origin()),
                    "%s is already defined at %s, which is served; remove one"
                        .formatted(id, all.getFirst().origin())));
      }
    });
  }
}
