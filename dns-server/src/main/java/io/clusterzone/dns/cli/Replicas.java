package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.read.ResolvConf;
import io.clusterzone.k8s.api.ReadyEndpoints;
import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.model.ObjectKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The DNS servers that a command asks: named, of a cluster, or those of this host.
final class Replicas {
  private static final int MOST = 256;
  private static final int DNS_PORT = 53;

  @Option(
      names = "--at",
      paramLabel = "ADDRESS[:PORT]",
      description =
          "A server to ask. May be given more than once. Default: those of /etc/resolv.conf.")
  private List<String> at = new ArrayList<>();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "Ask the ready endpoints of the Service of the cluster that this kubeconfig file leads to.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --kubeconfig: the context to use. Default: the file's current one.")
  private @Nullable String context;

  @Option(
      names = "--service",
      paramLabel = "NAMESPACE/NAME",
      description = "With --kubeconfig: the Service. Default: kube-system/kube-dns.")
  private @Nullable String service;

  @Option(
      names = "--resolv-conf",
      paramLabel = "FILE",
      description = "Ask the name servers of this file. Default: ${DEFAULT-VALUE}.")
  private Path resolvConf = Path.of("/etc/resolv.conf");

  /// The servers, each once.
  ///
  /// @throws CommandFailure if there are none, with what to do
  List<InetSocketAddress> find() throws InterruptedException {
    if (kubeconfig == null && (context != null || service != null)) {
      throw CommandFailure.usage(
          "--context and --service go with --kubeconfig, which names the cluster");
    }
    if (kubeconfig != null && !at.isEmpty()) {
      throw CommandFailure.usage("--at and --kubeconfig exclude each other");
    }
    List<InetSocketAddress> found = named().distinct().toList();
    if (found.size() > MOST) {
      throw CommandFailure.problem(
          "%,d servers are more than %d; name some with --at".formatted(found.size(), MOST));
    }
    return found;
  }

  private Stream<InetSocketAddress> named() throws InterruptedException {
    if (kubeconfig != null) {
      return ofCluster(kubeconfig).stream();
    }
    return at.isEmpty()
        ? ofHost().stream()
        : at.stream().map(text -> CompareSide.address("--at", text));
  }

  private List<InetSocketAddress> ofHost() {
    try {
      return ResolvConf.nameServers(RegularFile.text(resolvConf, Limit.CONFIGURATION_OCTETS))
          .stream()
          .map(address -> new InetSocketAddress(address, DNS_PORT))
          .toList();
    } catch (IOException e) {
      throw CommandFailure.problem(
          resolvConf + " cannot be read: " + RegularFile.reason(e) + "; name servers with --at");
    } catch (IllegalArgumentException e) {
      throw CommandFailure.problem(resolvConf + ": " + e.getMessage() + "; name them with --at");
    }
  }

  private List<InetSocketAddress> ofCluster(Path file) throws InterruptedException {
    String wanted = Objects.requireNonNullElse(service, "kube-system/kube-dns");
    String[] parts = wanted.split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw CommandFailure.usage("--service takes NAMESPACE/NAME, not " + wanted);
    }
    List<ReadyEndpoints.At> ready;
    try {
      ready =
          ReadyEndpoints.of(
              new ApiAccess.Kubeconfig(file, Objects.requireNonNullElse(context, "")),
              new ObjectKey(parts[0], parts[1]),
              "udp");
    } catch (IOException | IllegalArgumentException e) {
      throw CommandFailure.problem(
          "cannot list the endpoints of " + wanted + ": " + e.getMessage());
    }
    if (ready.isEmpty()) {
      throw CommandFailure.problem(
          "the Service "
              + wanted
              + " has no ready endpoint with a port over UDP; name another with --service, or servers"
              + " with --at");
    }
    return ready.stream()
        .map(one ->
            new InetSocketAddress(InetAddress.ofLiteral(one.address().toString()), one.port()))
        .toList();
  }
}
