package io.clusterzone.dns.config;

/// `minimal`: leaves authority and additional records out of positive answers.
public record Minimal() implements Directive {}
