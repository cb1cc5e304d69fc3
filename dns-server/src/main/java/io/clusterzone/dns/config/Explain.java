package io.clusterzone.dns.config;

import java.util.List;
import java.util.stream.Stream;

/// `explain`: who is told in words, by extended errors (RFC 8914), why a question is not answered.
///
/// @param networks the clients that are; none if empty
public record Explain(List<Network> networks) implements Directive {
  /// Without the directive: clients on private and shared networks, and on this host (RFC 1918, RFC
  /// 4193, RFC 6598, RFC 3927, RFC 4291).
  public static final Explain DEFAULT =
      of(
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "::1",
          "fc00::/7",
          "fe80::/10");

  public static final Explain ON = of("0.0.0.0/0", "::/0");
  public static final Explain OFF = new Explain(List.of());

  public Explain {
    networks = List.copyOf(networks);
  }

  private static Explain of(String... networks) {
    return new Explain(Stream.of(networks).map(Network::parse).toList());
  }

  @Override
  public boolean hasPart() {
    return false;
  }
}
