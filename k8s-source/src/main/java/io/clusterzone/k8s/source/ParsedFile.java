package io.clusterzone.k8s.source;

import io.clusterzone.k8s.source.Manifest.Identity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What one version of a file says. Immutable.
///
/// @param namespaces the namespaces it mentions, also those of objects passed over
/// @param invalid objects that are there, but wrong
/// @param unidentified some object is wrong so that not even its name is sure
/// @param passedOver how many objects are of kinds that DNS does not depend on
record ParsedFile(
    List<Manifest> manifests,
    Set<String> namespaces,
    Set<Identity> invalid,
    boolean unidentified,
    List<Problem> problems,
    int passedOver) {
  static final ParsedFile EMPTY =
      new ParsedFile(List.of(), Set.of(), Set.of(), false, List.of(), 0);

  ParsedFile {
    manifests = List.copyOf(manifests);
    namespaces = Set.copyOf(namespaces);
    invalid = Set.copyOf(invalid);
    problems = List.copyOf(problems);
  }

  boolean hasObjects() {
    return !manifests.isEmpty() || !namespaces.isEmpty();
  }

  /// This version, with the last good version of the objects that are invalid in it. Where a name
  /// is not sure, any object that is gone may be the one meant, and stays.
  ParsedFile keepingLastGoodOf(ParsedFile previous) {
    if (invalid.isEmpty() && !unidentified) {
      return this;
    }
    Set<Identity> present = new HashSet<>();
    manifests.forEach(manifest -> present.add(manifest.id()));
    List<Manifest> all = new ArrayList<>(manifests);
    Set<String> mentioned = new HashSet<>(namespaces);
    for (Manifest last : previous.manifests) {
      boolean meant = unidentified || invalid.contains(last.id());
      if (meant && !present.contains(last.id())) {
        all.add(last);
        mentioned.add(last.key().namespace());
      }
    }
    mentioned.remove("");
    return new ParsedFile(all, mentioned, invalid, unidentified, problems, passedOver);
  }

  /// This version still stands, as the file's new content cannot be read.
  ParsedFile brokenBy(Problem problem) {
    return new ParsedFile(
        manifests, namespaces, invalid, unidentified, List.of(problem), passedOver);
  }
}
