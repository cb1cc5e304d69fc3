package io.clusterzone.dns.ops;

import java.util.Map;

/// The queries and responses of all event loops and zones since the start, as far as their zones
/// are still served.
///
/// @param responses by response code
/// @param requests by RR type, few of them apart
public record QueryTotals(Map<String, Long> responses, Map<String, Long> requests) {
  public static final QueryTotals NONE = new QueryTotals(Map.of(), Map.of());

  /// The number of responses.
  public long all() {
    return responses.values().stream().mapToLong(Long::longValue).sum();
  }
}
