/// Bytes in, bytes out: UDP and TCP, without any DNS behaviour.
///
/// Read [DnsServer] first: it owns the event loops, and changes listeners while they run. A
/// [Listener] says where to listen and which handler takes messages; [UdpListener] and
/// [StreamConnection] are the two ways from a socket to that handler and back. Everything of an
/// event loop stays on it.
@NullMarked
package io.clusterzone.dns.transport;

import org.jspecify.annotations.NullMarked;
