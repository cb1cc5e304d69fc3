/// The commands, and the process around them.
///
/// Read [Commands] first: it holds the exit codes and prints failures. Each command is one class
/// that ends with `Command`. `serve` is [Serving], the life of a serving process around
/// [io.clusterzone.dns.server.Server].
@NullMarked
package io.clusterzone.dns.cli;

import org.jspecify.annotations.NullMarked;
