package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.object.Manifest.Identity;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import io.clusterzone.k8s.source.object.Manifest.SliceManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The content of one version of a file. Immutable.
///
/// @param namespaces the namespaces it mentions, also those of objects passed over
/// @param invalid objects that are there, but wrong
/// @param unidentified some object is wrong so that not even its name is sure
/// @param passedOver the number of objects of kinds that DNS does not depend on
public record ParsedFile(
    List<Manifest> manifests,
    Set<String> namespaces,
    Set<Identity> invalid,
    boolean unidentified,
    List<Problem> problems,
    int passedOver) {
  public static final ParsedFile EMPTY =
      new ParsedFile(List.of(), Set.of(), Set.of(), false, List.of(), 0);

  public ParsedFile {
    manifests = List.copyOf(manifests);
    namespaces = Set.copyOf(namespaces);
    invalid = Set.copyOf(invalid);
    problems = List.copyOf(problems);
  }

  /// An estimate of the memory that it takes, in octets.
  ///
  /// @param made whether Pods are made of workloads
  public long footprint(MadeOptions made) {
    return equals(EMPTY)
        ? 0
        : Footprint.FILE
            + (long) Footprint.PROBLEM * problems.size()
            + manifests.stream().mapToLong(manifest -> Footprint.of(manifest, made)).sum();
  }

  /// This version, with the last good version of the objects that are invalid in it. Where a name
  /// is not sure, any object that is gone may be the one meant, and stays.
  public ParsedFile keepingLastGoodOf(ParsedFile previous) {
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

  /// This version, with the previous one's objects where they are equal: the sink holds those for
  /// good.
  public ParsedFile sharing(ParsedFile previous) {
    Map<Identity, Manifest> known = HashMap.newHashMap(previous.manifests.size());
    previous.manifests.forEach(manifest -> known.put(manifest.id(), manifest));
    List<Manifest> all =
        manifests.stream().map(manifest -> shared(manifest, known.get(manifest.id()))).toList();
    return new ParsedFile(all, namespaces, invalid, unidentified, problems, passedOver);
  }

  private static Manifest shared(Manifest now, @Nullable Manifest last) {
    return switch (now) {
      case SliceManifest(var slice, var origin, boolean selected, boolean mirror)
          when last instanceof SliceManifest known && known.slice().equals(slice) ->
          new SliceManifest(known.slice(), origin, selected, mirror);
      case ServiceManifest(
              var service,
              var origin,
              boolean selected,
              var ips,
              var lacking,
              var endpoints)
          when last instanceof ServiceManifest known && known.service().equals(service) ->
          new ServiceManifest(known.service(), origin, selected, ips, lacking, endpoints);
      // Pods are cut anew for the sink each time; of the others there are few.
      default -> now;
    };
  }

  /// This version still stands, as the file's new content cannot be read.
  public ParsedFile brokenBy(Problem problem) {
    return new ParsedFile(
        manifests, namespaces, invalid, unidentified, List.of(problem), passedOver);
  }
}
