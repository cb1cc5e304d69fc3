/// What RRsets and RDATA are.
@NullMarked
package io.clusterzone.zones.record;

import org.jspecify.annotations.NullMarked;
