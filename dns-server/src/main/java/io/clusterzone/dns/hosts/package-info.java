/// The names and addresses of hosts files: read, read again when they change, and looked up.
@NullMarked
package io.clusterzone.dns.hosts;

import org.jspecify.annotations.NullMarked;
