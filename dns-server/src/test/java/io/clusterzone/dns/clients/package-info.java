/// Resolvers and tools that others wrote, asking a server in a network namespace that looks like a
/// pod's.
@NullMarked
package io.clusterzone.dns.clients;

import org.jspecify.annotations.NullMarked;
