/// From the bytes of a question to the bytes of an answer.
///
/// Read [Responder] first: one per event loop, it looks up a question and then writes the reply.
/// [Lookup] is the algorithm of RFC 1034 section 4.3.2 and [Outcome] its result; [Reply] is the
/// message being written. [NodeWriter] and [StoredReplyWriter] answer from names in no zone and
/// from replies kept for later.
@NullMarked
package io.clusterzone.zones.answer;

import org.jspecify.annotations.NullMarked;
