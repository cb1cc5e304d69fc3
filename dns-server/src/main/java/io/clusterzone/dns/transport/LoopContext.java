package io.clusterzone.dns.transport;

import io.clusterzone.dns.loop.LoopChannels;

/// What a handler may know of its event loop.
///
/// @param index the loop's number, from 0 on
/// @param channels for talking to others from the loop
public record LoopContext(int index, LoopChannels channels) {}
