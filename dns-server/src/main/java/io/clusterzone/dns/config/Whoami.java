package io.clusterzone.dns.config;

/// `whoami`: answers with the address, port and transport of the client.
public record Whoami() implements Directive {}
