package io.clusterzone.dns.hosts;

import io.clusterzone.zones.name.NameMap;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.zone.Node;
import org.jspecify.annotations.Nullable;

/// What one directive `hosts` holds at one moment: A and AAAA records at the names of hosts, PTR
/// records at the reverse names of their addresses. Immutable, read by any thread.
///
/// It is no zone: it has no SOA, no wildcards (`*` is a label like any other), and a name above a
/// host's does not exist because of it. So that with `fallthrough` one host of a domain can be
/// overridden and the rest of it be asked for elsewhere.
public final class HostTable {
  private final NameMap<Node> nodes;
  private final int records;

  HostTable(NameMap<Node> nodes, int records) {
    this.nodes = nodes;
    this.records = records;
  }

  /// The name that the query is for, or null if it is not there. Allocates nothing.
  public @Nullable Node find(QueryView query) {
    return nodes.find(query.name(), 0, query.nameLength(), query.hash());
  }

  /// How many A, AAAA and PTR records there are.
  public int records() {
    return records;
  }
}
