/// The name schema: from the model to owner names and RRsets.
@NullMarked
package io.clusterzone.k8s.records;

import org.jspecify.annotations.NullMarked;
