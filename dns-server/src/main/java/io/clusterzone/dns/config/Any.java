package io.clusterzone.dns.config;

/// `any`: answers ANY questions with one HINFO record (RFC 8482).
public record Any() implements Directive {}
