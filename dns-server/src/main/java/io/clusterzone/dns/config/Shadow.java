package io.clusterzone.dns.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// `shadow`: a share of the queries is repeated to another server, and the replies are compared.
///
/// @param addresses of the other server, 1 to [#MAX_ADDRESSES], asked in turns; fewer where the
///   Corefile is not good
/// @param sample queries repeated of a million
/// @param queries those that may be repeated
/// @param maxInflight repeated queries that may wait for a reply at once
/// @param timeout for a reply
/// @param keep differences remembered
public record Shadow(
    List<InetSocketAddress> addresses,
    int sample,
    Queries queries,
    int maxInflight,
    Duration timeout,
    int keep)
    implements Directive {
  public static final int MAX_ADDRESSES = 8;

  /// All queries, as a [#sample].
  public static final int ALL = 1_000_000;

  public static final int DEFAULT_SAMPLE = ALL / 100;
  public static final int DEFAULT_MAX_INFLIGHT = 256;
  public static final int MOST_INFLIGHT = 4096;
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
  public static final Duration LEAST_TIMEOUT = Duration.ofMillis(10);
  public static final Duration MOST_TIMEOUT = Duration.ofSeconds(10);
  public static final int DEFAULT_KEEP = 100;
  public static final int MOST_KEPT = 1000;

  /// The queries that may be repeated: none that `acl` keeps out, and none of another class than
  /// IN.
  public enum Queries {
    /// Queries answered by `kubernetes`.
    ZONES,
    /// Queries answered by `kubernetes`, `hosts`, `cache` or `forward`.
    ALL
  }

  public Shadow {
    addresses = List.copyOf(addresses);
  }

  @Override
  public boolean hasPart() {
    return false;
  }
}
