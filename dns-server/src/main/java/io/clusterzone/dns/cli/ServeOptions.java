package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.text.AddressText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of `serve`, under our names and CoreDNS's.
final class ServeOptions {
  @Mixin final SourceOptions source = new SourceOptions();

  @Option(
      names = "--zone",
      paramLabel = "NAME",
      description =
          "With --manifests or --kubeconfig: a zone to serve. May be given more than once. Default:"
              + " cluster.local; in-addr.arpa and ip6.arpa come along unless a reverse zone is"
              + " named.")
  List<String> zones = new ArrayList<>();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      description =
          "With --manifests or --kubeconfig: where to listen, such as 127.0.0.1:53, [::1]:53 or"
              + " :53. May be given more than once. Default: :1053, which is all addresses.")
  List<String> listen = new ArrayList<>();

  @Option(
      names = {"-dns.port", "--dns.port", "-p"},
      paramLabel = "PORT",
      description =
          "The port where nothing else names one. Default: 53; with --manifests or --kubeconfig:"
              + " 1053.")
  @Nullable Integer port;

  @Option(
      names = {"-pidfile", "--pidfile"},
      paramLabel = "FILE",
      description = "Write the process id to this file once it serves.")
  @Nullable Path pidfile;

  @Option(
      names = {"-quiet", "--quiet"},
      description = "Print nothing when it starts to serve.")
  boolean quiet;

  /// The port where nothing else names one.
  int port(int fallback) {
    int chosen = port == null ? fallback : port;
    if (chosen < 0 || chosen > AddressText.MAX_PORT) {
      throw CommandFailure.usage("a port is 0 to " + AddressText.MAX_PORT + ", not " + chosen);
    }
    return chosen;
  }
}
