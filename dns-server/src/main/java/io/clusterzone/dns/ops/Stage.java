package io.clusterzone.dns.ops;

/// What answered a query: the label `plugin` of the responses counted. Their order is the fixed one
/// in which the directives of a server block are asked, whatever their order in the file; it is
/// CoreDNS's, but for `loop`, which must see its own queries before anybody answers them.
public enum Stage {
  /// The server itself, before or after all directives.
  NONE(""),
  ACL("acl"),
  LOOP("loop"),
  ANY("any"),
  CHAOS("chaos"),
  HOSTS("hosts"),
  KUBERNETES("kubernetes"),
  /// Part of `forward`, which answers with what is remembered.
  CACHE("cache"),
  FORWARD("forward"),
  WHOAMI("whoami");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /// Where the stage is counted.
  @SuppressWarnings("EnumOrdinal")
  int slot() {
    return ordinal();
  }
}
