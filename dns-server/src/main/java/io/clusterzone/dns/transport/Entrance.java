package io.clusterzone.dns.transport;

/// The part of one listener on one event loop. Confined to it.
record Entrance(Loop loop, Edge edge, StreamAcceptor acceptor) {}
