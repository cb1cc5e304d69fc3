package io.clusterzone.dns.config;

/// What was read of a Corefile. Two that are equal mean the same, in what stands in files that
/// directives read when the Corefile is as well.
///
/// @param legible what could be made out, good or not
/// @param startable whether a server may start with what is legible: nothing is wrong with it, or
///   it lacks only what may come by itself: files of `forward` with their name servers, interfaces
///   of `bind` with their addresses
/// @param text what stands in it and in what it imports; empty if it could not be read
public record CorefileReading(
    Corefile.Result result, Corefile legible, boolean startable, CorefileText text) {}
