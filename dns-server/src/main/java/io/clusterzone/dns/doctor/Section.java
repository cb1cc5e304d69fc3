package io.clusterzone.dns.doctor;

import java.util.Locale;

/// The part of the whole that a check is about, in the order of the report.
public enum Section {
  CONFIGURATION("configuration"),
  API("API server and permissions"),
  FRESHNESS("freshness"),
  LISTENERS("listeners"),
  UPSTREAMS("upstreams and loops"),
  SERVICE("the Service kube-dns"),
  REPLICAS("replicas agree");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /// The word in JSON: `configuration`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
