/// From the bytes of a question to the bytes of an answer.
///
/// Read [Responder] first: one per event loop, it looks up a question and then writes the reply.
/// [Lookup] is the algorithm of RFC 1034 section 4.3.2 and [Outcome] its result; [Reply] is the
/// message being written, by [NodeWriter] from the octets that the zone has ready. [StoredReply] is
/// a reply kept for later, with TTLs that count down.
@NullMarked
package io.clusterzone.zones.answer;

import org.jspecify.annotations.NullMarked;
