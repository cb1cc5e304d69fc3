/// The names and addresses of hosts files: read, read again when they change, and looked up.
///
/// Read [HostTable] first: one version of a directive's hosts, read on any thread. [HostsFollower]
/// is the thread that looks at the files, and [FollowedHosts] publishes the next table of one
/// directive.
@NullMarked
package io.clusterzone.dns.hosts;

import org.jspecify.annotations.NullMarked;
