/// Whether this process is ready, and how it stops being so before it ends.
///
/// Read [DrainState] first: after a signal to stop, `/ready` fails while queries are still
/// answered, for as long as they keep coming and within [DrainLimits].
@NullMarked
package io.clusterzone.dns.ops.drain;

import org.jspecify.annotations.NullMarked;
