/// Reading and writing the DNS message format.
@NullMarked
package io.clusterzone.zones.wire;

import org.jspecify.annotations.NullMarked;
