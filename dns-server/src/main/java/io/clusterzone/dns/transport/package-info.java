/// Bytes in, bytes out: UDP and TCP, without any DNS behaviour.
@NullMarked
package io.clusterzone.dns.transport;

import org.jspecify.annotations.NullMarked;
