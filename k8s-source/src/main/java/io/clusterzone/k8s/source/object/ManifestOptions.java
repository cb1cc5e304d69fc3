package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.text.LabelSelector;
import java.util.EnumSet;
import java.util.Set;

/// The objects that a source lets through, and those that it adds.
///
/// @param labels selects Services, EndpointSlices and Pods by their labels
/// @param namespaceLabels selects Namespaces; one that it holds back looks absent
/// @param kinds the kinds to report; those needed to find endpoints are read in any case
/// @param made the parts made up beside the files
public record ManifestOptions(
    LabelSelector labels, LabelSelector namespaceLabels, Set<Kind> kinds, MadeOptions made) {
  /// No filter, nothing made up; Pods and ServiceImports are not reported.
  public static final ManifestOptions DEFAULT =
      new ManifestOptions(
          LabelSelector.EVERYTHING,
          LabelSelector.EVERYTHING,
          EnumSet.of(Kind.NAMESPACE, Kind.SERVICE, Kind.ENDPOINT_SLICE),
          MadeOptions.NONE);

  public ManifestOptions {
    kinds = Set.copyOf(kinds);
  }

  /// The same with other things made up.
  public ManifestOptions with(MadeOptions other) {
    return new ManifestOptions(labels, namespaceLabels, kinds, other);
  }
}
