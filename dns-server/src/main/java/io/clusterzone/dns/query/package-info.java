/// One query, from the octets received to the octets sent.
///
/// Read [QueryHandler] first, the one method that each query passes through, and then [Step],
/// [Plan] and [Ending]: a server block is compiled to a plan of steps, each of which answers
/// [Asked] or goes on to the next. [Held] and [ClientChain] are for queries that wait for an
/// upstream. All but [Plan] and [ServerBlock] is confined to one event loop.
@NullMarked
package io.clusterzone.dns.query;

import org.jspecify.annotations.NullMarked;
