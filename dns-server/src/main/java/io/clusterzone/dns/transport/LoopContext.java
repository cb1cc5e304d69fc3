package io.clusterzone.dns.transport;

import io.clusterzone.dns.loop.LoopChannels;

/// The parts of an event loop that a handler may know.
///
/// @param index the loop's number, from 0 on
/// @param channels for talking to others from the loop
public record LoopContext(int index, LoopChannels channels) {}
