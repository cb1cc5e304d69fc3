/// An event loop, as those see it that open channels on it.
///
/// [LoopChannels] is the only type: the transport makes one for each loop, with the channels of its
/// system call interface, and forwarding opens its sockets to upstreams through it. It has a
/// package of its own so that neither of the two knows the other.
@NullMarked
package io.clusterzone.dns.loop;

import org.jspecify.annotations.NullMarked;
