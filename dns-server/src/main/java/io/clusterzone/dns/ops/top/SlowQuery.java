package io.clusterzone.dns.ops.top;

/// A query that took long.
///
/// @param nanos from its arrival to its reply
public record SlowQuery(String name, int type, String client, int rcode, long nanos) {}
