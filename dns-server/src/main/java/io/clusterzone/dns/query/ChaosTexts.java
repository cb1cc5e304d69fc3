package io.clusterzone.dns.query;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.QueryView;
import java.util.List;

/// What the directive `chaos` answers to TXT questions of class CH. Immutable.
public final class ChaosTexts {
  private record Entry(ZoneName name, List<String> texts) {}

  private final List<Entry> entries;

  /// @param version of `version.bind` and `version.server`
  /// @param authors of `authors.bind`, one record each
  /// @param host name of this host, for `hostname.bind` and `id.server`
  public ChaosTexts(String version, List<String> authors, String host) {
    entries =
        List.of(
            entry("version.bind", List.of(version)),
            entry("version.server", List.of(version)),
            entry("authors.bind", List.copyOf(authors)),
            entry("hostname.bind", List.of(host)),
            entry("id.server", List.of(host)));
  }

  private static Entry entry(String name, List<String> texts) {
    return new Entry(new ZoneName(Name.parse(name)), texts);
  }

  /// The texts that answer the query; empty if it asks for something else.
  List<String> answerTo(QueryView query) {
    if (query.type() == RRType.TXT) {
      for (Entry entry : entries) {
        if (entry.name().is(query)) {
          return entry.texts();
        }
      }
    }
    return List.of();
  }
}
