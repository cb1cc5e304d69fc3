package io.clusterzone.dns.query;

/// What carries a message. It decides how long a reply may be, nothing else.
public enum Protocol {
  UDP("udp"),
  TCP("tcp");

  private final String label;

  Protocol(String label) {
    this.label = label;
  }

  /// The word in logs and metrics.
  public String label() {
    return label;
  }
}
