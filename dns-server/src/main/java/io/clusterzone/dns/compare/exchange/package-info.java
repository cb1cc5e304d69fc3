/// Asking several servers the same, many questions at a time, over UDP and, where that is not
/// enough, TCP.
///
/// Read [Exchange] first. One thread owns it and does all the work but that of TCP, for which each
/// question has a virtual thread.
@NullMarked
package io.clusterzone.dns.compare.exchange;

import org.jspecify.annotations.NullMarked;
