/// The cluster of all files together, with the work that controllers would do in it.
///
/// Read [ManifestModel] first: it takes the change of some files and reports the changes of the
/// cluster. [Definitions] decides between files that define the same object; [MadeSlices],
/// [MadePods] and [ClusterIps] add the objects that an API server and its controllers would have
/// added. All are confined to one thread.
@NullMarked
package io.clusterzone.k8s.source.cluster;

import org.jspecify.annotations.NullMarked;
