/// Long runs of the built image under load, each a command of its own.
@NullMarked
package io.clusterzone.dns.bench;

import org.jspecify.annotations.NullMarked;
