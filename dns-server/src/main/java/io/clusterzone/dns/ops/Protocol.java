package io.clusterzone.dns.ops;

/// The carrier of a message. It decides the longest reply, nothing else.
public enum Protocol {
  UDP("udp"),
  TCP("tcp");

  private final String label;

  Protocol(String label) {
    this.label = label;
  }

  @SuppressWarnings("EnumOrdinal")
  int slot() {
    return ordinal();
  }

  /// The word in logs and metrics.
  public String label() {
    return label;
  }
}
