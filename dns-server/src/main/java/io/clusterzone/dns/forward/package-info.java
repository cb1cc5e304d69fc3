/// Asking an upstream, and remembering what it said.
@NullMarked
package io.clusterzone.dns.forward;

import org.jspecify.annotations.NullMarked;
