package io.clusterzone.dns.cli;

import picocli.CommandLine.Option;

/// The running server that a command asks.
final class AdminServerOption {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The running server to ask: http://HOST:PORT or HOST:PORT of its directive admin. Default:"
              + " ${DEFAULT-VALUE}.")
  String address = AdminClient.DEFAULT;

  /// @throws CommandFailure if it is no address
  AdminClient client() {
    return new AdminClient(address);
  }
}
