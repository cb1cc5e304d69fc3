package io.clusterzone.dns.config;

/// One directive of a server block, as a value with every default filled in.
///
/// The order in a file means nothing; what happens to a query happens in a fixed order.
public interface Directive {
  /// Whether it has a part in answering, if only in the form of answers or their counts.
  default boolean hasPart() {
    return true;
  }
}
