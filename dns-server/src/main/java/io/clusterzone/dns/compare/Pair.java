package io.clusterzone.dns.compare;

/// Two answers to one question that differ.
public record Pair(Answer here, Answer there, Difference difference) {}
