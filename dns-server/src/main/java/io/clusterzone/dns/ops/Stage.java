package io.clusterzone.dns.ops;

import java.util.Locale;

/// The directives that can answer a query: the label `plugin` of the responses counted. Their order
/// is the fixed one in which the directives of a server block are asked, whatever their order in
/// the file; it is CoreDNS's, except for `loop`, which must see its own queries before anything
/// answers them.
public enum Stage {
  /// The server itself, before or after all directives.
  NONE,
  ACL,
  LOOP,
  ANY,
  CHAOS,
  HOSTS,
  KUBERNETES,
  /// Part of `forward`, which answers with what is remembered.
  CACHE,
  FORWARD,
  WHOAMI;

  String label() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("EnumOrdinal")
  int slot() {
    return ordinal();
  }
}
