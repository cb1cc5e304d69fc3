/// One immutable version of a zone, and how the next is made.
@NullMarked
package io.clusterzone.zones.zone;

import org.jspecify.annotations.NullMarked;
