package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.ComparedQuestion;

/// A query of a client without the client, and the reply to it.
///
/// @param question its OPT record is ours; without one if the query had none
/// @param reply the octets sent; not to be changed
/// @param nanos when, on the clock of [System#nanoTime]
@SuppressWarnings("ArrayRecordComponent")
record Sample(ComparedQuestion question, byte[] reply, long nanos) {}
