/// The cluster that manifests as their authors write them would become.
///
/// An API server gives Services their addresses and controllers make Pods; this package does the
/// same by the same rules, and so that equal manifests become equal clusters on every machine.
/// [AddressPool] and [WorkloadPods] are where to start. Its caller is the source of manifests, on
/// the thread of that.
@NullMarked
package io.clusterzone.k8s.made;

import org.jspecify.annotations.NullMarked;
