/// The last known cluster on disk, to answer from until the API server is heard.
///
/// Read [SnapshotFile] first: it shows the layout, and reads and writes it whole or not at all.
/// [SnapshotOrder] puts first whatever is asked for most.
@NullMarked
package io.clusterzone.k8s.api.snapshot;

import org.jspecify.annotations.NullMarked;
