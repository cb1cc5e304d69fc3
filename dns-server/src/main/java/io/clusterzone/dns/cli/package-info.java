/// The commands.
@NullMarked
package io.clusterzone.dns.cli;

import org.jspecify.annotations.NullMarked;
