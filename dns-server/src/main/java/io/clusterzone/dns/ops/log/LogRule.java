package io.clusterzone.dns.ops.log;

import io.clusterzone.dns.config.Log.ResponseClass;
import io.clusterzone.zones.name.Name;
import java.util.Set;

/// One line of the directive `log`: which queries are logged, and how.
///
/// @param scope queries for this name and the names below it
/// @param classes of responses that are logged
public record LogRule(Name scope, LogFormat format, Set<ResponseClass> classes) {
  public LogRule {
    classes = Set.copyOf(classes);
  }

  /// Whether a response with this code and number of answer records is logged.
  public boolean wants(int rcode, int answers) {
    return classes.contains(ResponseClass.of(rcode, answers));
  }
}
