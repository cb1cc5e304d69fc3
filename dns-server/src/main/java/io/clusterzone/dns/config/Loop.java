package io.clusterzone.dns.config;

/// `loop`: finds upstreams that send this server's questions back to it, and takes them out.
public record Loop() implements Directive {}
