package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.dns.config.text.AddressText;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.doctor.RunningServer;
import io.clusterzone.dns.doctor.Subjects;
import io.clusterzone.dns.server.Existing;
import io.clusterzone.dns.server.KubernetesSettings;
import io.clusterzone.k8s.api.ApiOptions;
import io.clusterzone.k8s.api.connect.ApiAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The things that the options of `doctor` name.
///
/// @param context of the kubeconfig file; empty for its current one
record DoctorSubjects(@Nullable Path conf, @Nullable Path kubeconfig, String context) {
  private static final int DNS_PORT = 53;

  /// @throws CommandFailure if an address makes no sense
  Subjects of(List<String> servers, List<String> addresses) {
    Path named = conf == null ? null : Existing.path(conf);
    Supplier<CorefileReading> reader =
        named == null ? null : () -> CorefileParser.read(named, ParseOptions.ofProcess());
    var here = Subjects.Here.ofProcess();
    return new Subjects(
        reader,
        servers.stream().map(DoctorSubjects::server).toList(),
        addresses.stream().map(DoctorSubjects::address).toList(),
        clusters(reader == null ? null : reader.get(), here.pod()),
        here);
  }

  private static RunningServer server(String text) {
    var client = new AdminClient(text);
    return new RunningServer(
        text,
        host(text),
        () -> {
          try {
            return client.get("/status", Map.of());
          } catch (CommandFailure e) {
            throw new IOException(
                String.valueOf(e.getMessage()).replaceFirst("^clusterzone: ", ""), e);
          }
        });
  }

  /// The host of a URL that the client takes.
  private static String host(String text) {
    String url = text.startsWith(":") ? "127.0.0.1" + text : text;
    return URI.create(url.contains("://") ? url : "http://" + url).getHost();
  }

  private static InetSocketAddress address(String text) {
    InetAddress alone = AddressText.address(text);
    InetSocketAddress address =
        alone == null ? AddressText.listener(text) : new InetSocketAddress(alone, DNS_PORT);
    if (address == null || address.getAddress().isAnyLocalAddress()) {
      throw CommandFailure.usage(
          "--at takes an address such as 10.96.0.10, 127.0.0.1:1053 or [::1]:53, not " + text);
    }
    return address;
  }

  /// The requests of each live cluster: those of the Corefile, by the kubeconfig file if one is
  /// named; without a Corefile those of a plain server.
  private List<ApiOptions> clusters(@Nullable CorefileReading reading, boolean pod) {
    ApiAccess given =
        kubeconfig == null ? null : new ApiAccess.Kubeconfig(Existing.path(kubeconfig), context);
    Stream<Kubernetes> followed =
        reading == null ? Stream.empty() : reading.legible().all(Kubernetes.class).distinct();
    List<ApiOptions> clusters =
        followed
            .filter(kubernetes -> kubernetes.manifests().isEmpty())
            .map(DoctorSubjects::options)
            .map(options -> given == null ? options : options.by(given))
            .toList();
    if (clusters.isEmpty() && given != null) {
      return List.of(ApiOptions.of(given));
    }
    return clusters.isEmpty() && reading == null && pod
        ? List.of(ApiOptions.of(new ApiAccess.InCluster()))
        : clusters;
  }

  private static ApiOptions options(Kubernetes kubernetes) {
    return KubernetesSettings.api(
        kubernetes, KubernetesSettings.schema(kubernetes, List.of()).kinds());
  }
}
