package io.clusterzone.dns.transport;

/// What one listener has on one event loop. Confined to it.
record Entrance(Loop loop, Edge edge, StreamAcceptor acceptor) {}
