package io.clusterzone.dns.query;

import io.clusterzone.zones.answer.Outcome;
import io.clusterzone.zones.answer.Responder;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.zone.ZoneTable;
import java.util.List;

/// The zones that the directive `kubernetes` of one server block serves. Immutable but for the
/// table, where new versions are published.
public final class ClusterZones {
  private final ZoneNames apexes;
  private final ZoneNames fallthrough;
  private final ZoneTable table;

  /// @param apexes of the zones, as far as this server block may answer from them
  /// @param fallthrough zones in which a name that does not exist is left to the next directive;
  ///   the root for all
  public ClusterZones(List<Name> apexes, List<Name> fallthrough, ZoneTable table) {
    this.apexes = new ZoneNames(apexes);
    this.fallthrough = new ZoneNames(fallthrough);
    this.table = table;
  }

  /// Looks for what the query asks in the zones as they are now.
  ///
  /// That a stale zone does not have a name is no reason to ask elsewhere, and where elsewhere
  /// would be asked it is no answer either: the outcome is NOT_READY then.
  Outcome lookup(QueryView query, Responder responder) {
    Outcome outcome = responder.lookup(query, table.current());
    return responder.stale() && fallsThrough(query, outcome, responder.aliases())
        ? responder.distrust()
        : outcome;
  }

  boolean covers(QueryView query) {
    return apexes.cover(query);
  }

  /// Whether the next directive gets the question: on a name error only, never on NODATA, and not
  /// while the zone is still being learnt. A chain of aliases that ends nowhere is our answer: the
  /// name asked for does exist.
  boolean fallsThrough(QueryView query, Outcome outcome, int aliases) {
    return switch (outcome) {
      case NXDOMAIN -> aliases == 0 && fallthrough.cover(query);
      case NOT_OURS -> true;
      case ANSWER, ALIAS, NODATA, NOT_READY, ELSEWHERE, LOOP -> false;
    };
  }
}
