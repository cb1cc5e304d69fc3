package io.clusterzone.dns.config.text;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The surroundings that the meaning of a Corefile depends on.
///
/// @param defaultPort the port of keys that name none, 0 to 65535
/// @param environment values of `{$NAME}`
/// @param interfaces the addresses of a network interface, empty if there is no such interface
public record ParseOptions(
    int defaultPort,
    Map<String, String> environment,
    Function<String, List<InetAddress>> interfaces) {
  public static final int DEFAULT_PORT = 53;

  public ParseOptions {
    environment = Map.copyOf(environment);
  }

  /// Port 53, and the environment and the interfaces of this process.
  public static ParseOptions ofProcess() {
    return new ParseOptions(DEFAULT_PORT, System.getenv(), HostInterfaces::addressesOf);
  }

  /// The same with another default port.
  public ParseOptions withDefaultPort(int port) {
    return new ParseOptions(port, environment, interfaces);
  }
}
