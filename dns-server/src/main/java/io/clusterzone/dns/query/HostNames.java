package io.clusterzone.dns.query;

import io.clusterzone.dns.hosts.FollowedHosts;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.zone.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names that the directive `hosts` of one server block answers for. Immutable but for the
/// names themselves, which are read anew when their file changes.
///
/// Questions for PTR are answered wherever there is a record, since few write reverse zones into
/// the directive; one that is missing is always left to the next directive.
public final class HostNames {
  private final ZoneNames zones;
  private final ZoneNames fallthrough;
  private final boolean othersFallThrough;
  private final FollowedHosts names;

  /// @param zones at or below which names are answered
  /// @param fallthrough zones in which a name that is not there is left to the next directive; the
  ///   root for all
  /// @param othersFallThrough whether there a question for a type that hosts do not have is left to
  ///   it too
  public HostNames(
      List<Name> zones, List<Name> fallthrough, boolean othersFallThrough, FollowedHosts names) {
    this.zones = new ZoneNames(zones);
    this.fallthrough = new ZoneNames(fallthrough);
    this.othersFallThrough = othersFallThrough;
    this.names = names;
  }

  /// What is known of the name that the query is for, or null if that is nothing or not to be told.
  @Nullable Node find(QueryView query) {
    return covers(query) && !isForOthers(query) ? names.current().find(query) : null;
  }

  private boolean isForOthers(QueryView query) {
    return othersFallThrough
        && switch (query.type()) {
          case RRType.A, RRType.AAAA, RRType.PTR -> false;
          default -> fallthrough.cover(query);
        };
  }

  private boolean covers(QueryView query) {
    return query.type() == RRType.PTR || zones.cover(query);
  }

  /// Whether the next directive gets a question whose name was not found.
  boolean fallsThrough(QueryView query) {
    return query.type() == RRType.PTR || !zones.cover(query) || fallthrough.cover(query);
  }
}
