/// Long runs of the built image as a process: what it costs, what it loses, whether it holds. Each
/// is a command of its own, and none is a test.
@NullMarked
package io.clusterzone.dns.load;

import org.jspecify.annotations.NullMarked;
