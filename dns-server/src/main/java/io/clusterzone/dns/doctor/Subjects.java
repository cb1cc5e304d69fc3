package io.clusterzone.dns.doctor;

import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.k8s.api.ApiOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The things to examine, as a command was told.
///
/// @param corefile reads the Corefile as it is now; null if none is named
/// @param servers the running servers whose pages are asked
/// @param addresses where servers are asked by DNS alone
/// @param clusters the requests of each cluster that is followed; empty: none is live, or none is
///   known
/// @param here the place that this runs at
public record Subjects(
    @Nullable Supplier<CorefileReading> corefile,
    List<RunningServer> servers,
    List<InetSocketAddress> addresses,
    List<ApiOptions> clusters,
    Here here) {
  public Subjects {
    servers = List.copyOf(servers);
    addresses = List.copyOf(addresses);
    clusters = List.copyOf(clusters);
  }

  /// The place that the command runs at.
  ///
  /// @param pod whether it is a Pod of the cluster
  /// @param resolvConf the Pod's file with its name server
  /// @param dnsPort of the Service and its endpoints
  /// @param metricsPort of the endpoints' directive `prometheus`
  /// @param again the time after which a disagreement is asked about again
  public record Here(boolean pod, Path resolvConf, int dnsPort, int metricsPort, Duration again) {
    private static final int DNS_PORT = 53;
    private static final int METRICS_PORT = 9153;

    /// The place of this process.
    public static Here ofProcess() {
      return new Here(
          System.getenv("KUBERNETES_SERVICE_HOST") != null,
          Path.of("/etc/resolv.conf"),
          DNS_PORT,
          METRICS_PORT,
          Duration.ofSeconds(1));
    }
  }
}
