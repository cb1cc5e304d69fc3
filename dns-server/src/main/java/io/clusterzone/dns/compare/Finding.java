package io.clusterzone.dns.compare;

/// A difference with its judgement.
public record Finding(ComparedQuestion question, Pair pair, Judgement judgement) {}
