/// Two ways to learn what the cluster is, and one stream of events.
@NullMarked
package io.clusterzone.k8s.source;

import org.jspecify.annotations.NullMarked;
