package io.clusterzone.dns.ops.log;

import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.zones.name.Name;
import java.net.InetSocketAddress;

/// One query and its response, for a log line. Made on the event loop, written as text on the log's
/// own thread.
///
/// @param name as folded by the parser
/// @param bufferSize octets of the largest response the client takes
/// @param flags the second word of the response's header
/// @param reason the words of the extended error, sent to the client or not; empty without one
/// @param rcode the whole response code, the bits in the OPT record included
public record LoggedQuery(
    InetSocketAddress client,
    InetSocketAddress local,
    Protocol protocol,
    int id,
    int opcode,
    Name name,
    int type,
    int recordClass,
    int queryOctets,
    boolean dnssecOk,
    int bufferSize,
    int flags,
    int rcode,
    int responseOctets,
    long durationNanos,
    String reason) {}
