package io.clusterzone.dns.query;

import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.zone.Node;
import java.nio.ByteBuffer;

/// Answers queries with what a hosts file says. Part of a [QueryHandler], confined to its event
/// loop; allocates nothing.
///
/// A name that exists and has no record of the type is NODATA, without an SOA since there is no
/// zone. One that does not exist is SERVFAIL unless it falls through: a hosts file is not an
/// authority that could deny a name.
final class HostStage {
  /// The question is for the next directive.
  static final int NEXT = -1;

  private final Workbench bench;

  HostStage(Workbench bench) {
    this.bench = bench;
  }

  /// Writes a reply and returns its length, or returns [#NEXT].
  int write(ServerBlock block, QueryView query, ByteBuffer out, int at, int limit) {
    HostNames hosts = block.hosts();
    if (hosts == null) {
      return NEXT;
    }
    Node host = hosts.find(query);
    if (host != null) {
      return bench.hosts.write(query, host, out, at, limit, block.options());
    }
    return hosts.fallsThrough(query)
        ? NEXT
        : bench.writer.status(query, Rcode.SERVFAIL, out, at, limit, block.options());
  }
}
