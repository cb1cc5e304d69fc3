/// The gate of each event loop: under a flood it drops datagrams in the kernel, before they cost
/// anything.
///
/// Read [FloodGate] first: ten times a second it compares the datagrams that a loop received, by
/// client ([ClientRates]), with those that the kernel dropped ([KernelQueue]). [FloodControl] sets
/// the rate, [FairShare] divides it among clients, and [SocketFilter] puts the result in front of
/// the socket as a BPF program. [LoopPace] shows how far behind a loop is, on which shedding
/// depends as well. Only the transport uses this package.
@NullMarked
package io.clusterzone.dns.transport.flood;

import org.jspecify.annotations.NullMarked;
