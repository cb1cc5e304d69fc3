/// Waiting until each of several servers answers as it should.
///
/// Read [Waiting] first: it asks each server on a virtual thread of its own, again and again, until
/// its answer is [Wanted] or the time is over.
@NullMarked
package io.clusterzone.dns.replica;

import org.jspecify.annotations.NullMarked;
