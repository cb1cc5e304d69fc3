/// The running server: a Corefile that has been read, brought to life and changed while it runs.
///
/// Read [Server] first: it starts, changes and drains everything else. [Wiring] holds the parts
/// that one Corefile needs (clusters, hosts files, upstreams) and makes the next from the one
/// before, so that parts that both name go on. [QueryBlocks] compiles a server block to its plan.
/// No type here knows a command or an exit code: a Corefile that cannot be served is [Unservable].
@NullMarked
package io.clusterzone.dns.server;

import org.jspecify.annotations.NullMarked;
