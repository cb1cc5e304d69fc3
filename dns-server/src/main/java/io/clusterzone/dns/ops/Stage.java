package io.clusterzone.dns.ops;

/// What answered a query: the label `plugin` of the responses counted.
public enum Stage {
  /// The server itself, before or after all directives.
  NONE(""),
  CHAOS("chaos"),
  ANY("any"),
  HOSTS("hosts"),
  KUBERNETES("kubernetes"),
  LOOP("loop"),
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

  /// Where the stage is counted. The order is of no meaning outside this process.
  @SuppressWarnings("EnumOrdinal")
  int slot() {
    return ordinal();
  }
}
