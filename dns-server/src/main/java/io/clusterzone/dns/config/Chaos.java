package io.clusterzone.dns.config;

import java.util.List;

/// `chaos`: answers TXT questions of class CH for the server's version, its authors and its host.
///
/// @param version at most 255 octets; empty: the name and version of this server
/// @param authors each at most 255 octets, sorted; empty: none
public record Chaos(String version, List<String> authors) implements Directive {
  /// Octets of one string of a TXT record (RFC 1035 section 3.3.14).
  public static final int MAX_OCTETS = 255;

  public static final Chaos DEFAULT = new Chaos("", List.of());

  public Chaos {
    authors = List.copyOf(authors);
  }
}
