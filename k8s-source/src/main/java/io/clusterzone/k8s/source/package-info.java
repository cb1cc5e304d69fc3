/// Learning the cluster from files and directories of manifests, and going on as they change.
///
/// Read [ManifestSource] first: it looks whenever [DirectoryWatch] says so, and brings events.
/// [ManifestFiles] holds each file as it was last read, and believes a new version only once it has
/// settled; [ManifestCheck] does the same once, for the command `check`.
@NullMarked
package io.clusterzone.k8s.source;

import org.jspecify.annotations.NullMarked;
