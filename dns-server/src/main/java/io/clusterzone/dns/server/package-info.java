/// The running server: a Corefile that has been read, brought to life and changed while it runs.
///
/// Read [Server] first: it starts, changes and drains everything else. [Wiring] holds what one
/// Corefile needs (clusters, hosts files, upstreams) and makes the next from the one before, so
/// that whatever both name goes on. [QueryBlocks] turns a server block into what answers its
/// queries. No type here knows a command or an exit code: a Corefile that cannot be served is
/// [Unservable].
@NullMarked
package io.clusterzone.dns.server;

import org.jspecify.annotations.NullMarked;
