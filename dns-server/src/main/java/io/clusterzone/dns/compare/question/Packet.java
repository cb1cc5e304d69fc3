package io.clusterzone.dns.compare.question;

import java.nio.ByteBuffer;

/// A packet of a capture.
///
/// @param linkType its outermost header, by the registry of libpcap
/// @param octets in network order, from position to limit
record Packet(int linkType, ByteBuffer octets) {}
