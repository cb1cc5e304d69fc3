package io.clusterzone.dns.config;

/// What was read of a Corefile. Two that are equal mean the same, in what stands in files that
/// directives read when the Corefile is as well.
///
/// @param legible what could be made out, good or not; not to be served unless it is
///   [Corefile.Valid]
/// @param text what stands in it and in what it imports; empty if it could not be read
public record CorefileReading(Corefile.Result result, Corefile legible, CorefileText text) {}
