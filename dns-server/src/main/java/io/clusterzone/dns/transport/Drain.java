package io.clusterzone.dns.transport;

/// Tells the channels of a server that it stops: answer what has been received, then close.
///
/// @param graceMillis how long a datagram socket still reads
record Drain(long graceMillis) {}
