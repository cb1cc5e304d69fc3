package io.clusterzone.dns.hosts;

import io.clusterzone.zones.name.NameHash;
import io.clusterzone.zones.name.NameMap;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.zone.Node;
import org.jspecify.annotations.Nullable;

/// The hosts of one directive `hosts` at one moment: A and AAAA records at the names of hosts, PTR
/// records at the reverse names of their addresses. Immutable, read by any thread.
///
/// It is no zone: it has no SOA, and a name above a host's does not exist because of it. So that
/// with `fallthrough` one host of a domain can be overridden and the rest of it be asked for
/// elsewhere. A `*` as first label stands for one label, where the name itself is not there
/// (CoreDNS 1.14; in a zone it would stand for several, RFC 4592 section 3.3.1).
public final class HostTable {
  private final NameMap<Node> nodes;
  private final NameMap<Node> wildcards;
  private final int records;

  /// @param wildcards the nodes at `*`, by the name above it
  HostTable(NameMap<Node> nodes, NameMap<Node> wildcards, int records) {
    this.nodes = nodes;
    this.wildcards = wildcards;
    this.records = records;
  }

  /// The name that the query is for, or null if it is not there. Allocates nothing.
  public @Nullable Node find(QuestionView query) {
    Node exact = nodes.find(query.name(), 0, query.nameLength(), query.hash());
    boolean other = exact == null && wildcards.size() > 0 && query.type() != RRType.PTR;
    return other ? findWildcard(query) : exact;
  }

  private @Nullable Node findWildcard(QuestionView query) {
    byte[] name = query.name();
    int label = name[0];
    if (label == 0) {
      return null;
    }
    int parent = 1 + label;
    int length = query.nameLength() - parent;
    return wildcards.find(name, parent, length, NameHash.of(name, parent, length));
  }

  /// The number of A, AAAA and PTR records.
  public int records() {
    return records;
  }
}
