/// Faults in files that people write, in a Corefile as in manifests: the kinds with their stable
/// codes ([io.clusterzone.k8s.problem.ProblemKind], the place to begin), and one find of a kind
/// with its place.
@NullMarked
package io.clusterzone.k8s.problem;

import org.jspecify.annotations.NullMarked;
