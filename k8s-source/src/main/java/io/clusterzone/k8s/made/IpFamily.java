package io.clusterzone.k8s.made;

import io.clusterzone.k8s.model.IpAddress;

/// A family of addresses, with the word that the API has for it.
public enum IpFamily {
  IPV4("IPv4"),
  IPV6("IPv6");

  private final String word;

  IpFamily(String word) {
    this.word = word;
  }

  public static IpFamily of(IpAddress address) {
    return address.isV4() ? IPV4 : IPV6;
  }

  IpFamily other() {
    return this == IPV4 ? IPV6 : IPV4;
  }

  @Override
  public String toString() {
    return word;
  }
}
