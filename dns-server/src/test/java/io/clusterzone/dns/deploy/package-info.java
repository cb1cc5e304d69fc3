/// The chart, manifests, alerts and scripts of `deploy/`, put before the programs that will read
/// them, and compared with what the server is. [Chart] renders, [StrictObjects] finds faults.
@NullMarked
package io.clusterzone.dns.deploy;

import org.jspecify.annotations.NullMarked;
