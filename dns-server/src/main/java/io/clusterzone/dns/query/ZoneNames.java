package io.clusterzone.dns.query;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.SuffixMap;
import io.clusterzone.zones.wire.QuestionView;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Names prepared to find whether a query is for or below one of them. Immutable.
public final class ZoneNames {
  private final SuffixMap<Name> names;

  public ZoneNames(Collection<Name> names) {
    this.names = SuffixMap.of(names);
  }

  /// The longest of the names that the question is at or below.
  public @Nullable Name longest(QuestionView question) {
    return names.longest(question.name(), 0, question.nameLength());
  }

  public boolean covers(QuestionView question) {
    return longest(question) != null;
  }
}
