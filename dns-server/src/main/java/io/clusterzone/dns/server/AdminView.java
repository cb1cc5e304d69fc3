package io.clusterzone.dns.server;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Metrics;

/// The parts of the server that its pages show while one configuration is served. Pages read them
/// on threads of their own.
///
/// @param listeners the addresses and their server blocks
/// @param metrics all that the process counts
/// @param counters of the event loops
/// @param shown the content of `/metrics`
record AdminView(
    Server server,
    Wiring wiring,
    Listeners listeners,
    ServerMetrics metrics,
    Counters counters,
    Metrics shown) {}
