/// The memory of what upstreams have said.
///
/// Read [ResponseCache] first: one per directive, bounded in octets, shared by all event loops. A
/// [CachedReply] says how old it is and whether it may still be given. The directive's settings
/// come as its record.
@NullMarked
package io.clusterzone.dns.forward.cache;

import org.jspecify.annotations.NullMarked;
