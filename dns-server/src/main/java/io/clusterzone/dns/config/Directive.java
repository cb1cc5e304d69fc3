package io.clusterzone.dns.config;

/// One directive of a server block, as a value with every default filled in.
///
/// The order in a file means nothing; what happens to a query happens in a fixed order.
public sealed interface Directive
    permits Any,
        Bind,
        Bufsize,
        Cache,
        Chaos,
        Debug,
        Errors,
        Forward,
        Health,
        Hosts,
        Kubernetes,
        LoadBalance,
        Log,
        Loop,
        Minimal,
        Multisocket,
        Nsid,
        Pprof,
        Prometheus,
        Ready,
        Reload,
        Shed,
        Timeouts,
        Whoami {}
