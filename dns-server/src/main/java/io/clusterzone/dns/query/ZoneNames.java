package io.clusterzone.dns.query;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.SuffixMap;
import io.clusterzone.zones.wire.QueryView;
import java.util.Collection;

/// Names prepared for the question whether a query is for one of them or below one. Immutable.
final class ZoneNames {
  private final SuffixMap<Name> names;

  ZoneNames(Collection<Name> names) {
    this.names = SuffixMap.of(names);
  }

  boolean cover(QueryView query) {
    return names.longest(query.name(), 0, query.nameLength()) != null;
  }
}
