package io.clusterzone.dns.ops;

/// What carries a message. It decides how long a reply may be, nothing else.
public enum Protocol {
  UDP("udp"),
  TCP("tcp");

  private final String label;

  Protocol(String label) {
    this.label = label;
  }

  /// Where it is counted.
  @SuppressWarnings("EnumOrdinal")
  int slot() {
    return ordinal();
  }

  /// The word in logs and metrics.
  public String label() {
    return label;
  }
}
