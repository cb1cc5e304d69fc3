package io.clusterzone.dns.cli;

import io.clusterzone.dns.compare.OurZones;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.text.AddressText;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.server.ListenAddress;
import io.clusterzone.dns.server.Server;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Zone;
import io.netty.util.NetUtil;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Our side of a comparison: a server that runs, or one that this process starts for the time.
final class CompareSide {
  private static final int DNS_PORT = 53;
  private static final int LOG_LINES = 1024;

  /// A server to be asked.
  ///
  /// @param zones whole, if they are known
  /// @param started by us, or null
  record Running(
      String name,
      InetSocketAddress address,
      OurZones ours,
      List<Zone> zones,
      @Nullable Server started,
      @Nullable Log log)
      implements AutoCloseable {
    @Override
    public void close() {
      if (started != null) {
        started.close();
      }
      if (log != null) {
        log.close();
      }
    }
  }

  @Option(
      names = "--with",
      paramLabel = "ADDRESS[:PORT]",
      description = "Our side: a Clusterzone that runs there.")
  @Nullable String with;

  @Option(
      names = "--manifests",
      paramLabel = "PATH",
      description =
          "Our side: what serve would answer from this file or directory of manifests; - is the"
              + " standard input. May be given more than once.")
  List<Path> manifests = new ArrayList<>();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Our side: what serve would answer from the cluster that this file leads to.")
  @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --kubeconfig: the context to use. Default: the file's current one.")
  @Nullable String context;

  @Mixin private final MadeFlags made = new MadeFlags();

  /// Whether any of it was named.
  boolean isGiven() {
    return with != null || !manifests.isEmpty() || kubeconfig != null;
  }

  /// Whether the zones are at hand, so that all of them can be asked for.
  boolean knowsZones() {
    return with == null;
  }

  /// @throws CommandFailure unless exactly one side is named
  void check() {
    long sides =
        Stream.of(with != null, !manifests.isEmpty(), kubeconfig != null).filter(b -> b).count();
    if (sides != 1) {
      throw CommandFailure.usage(
          "our side is one of --with ADDRESS, --manifests PATH and --kubeconfig FILE");
    }
    if (context != null && kubeconfig == null) {
      throw CommandFailure.usage("--context goes with --kubeconfig, which names the file it is in");
    }
    if (manifests.isEmpty() && made.isGiven()) {
      throw CommandFailure.usage(
          "--service-cidr, --pod-cidr, --nodes, --namespace and --render go with --manifests");
    }
  }

  /// Starts our side, or finds it.
  ///
  /// @param zones as the option --zone names them; none is cluster.local
  Running start(List<String> zones, PrintWriter err) throws InterruptedException {
    String running = with;
    if (running != null) {
      List<Name> apexes = new ArrayList<>();
      zones.forEach(zone -> apexes.add(ImpliedCorefile.zone(zone)));
      if (apexes.isEmpty()) {
        apexes.add(ImpliedCorefile.CLUSTER_ZONE);
      }
      apexes.addAll(ReverseName.TREES);
      InetSocketAddress address = address("--with", running);
      return new Running(text(address), address, new OurZones(apexes), List.of(), null, null);
    }
    var loopback = new ListenAddress(List.of(InetAddress.getLoopbackAddress()), 0);
    Corefile corefile =
        manifests.isEmpty()
            ? ImpliedCorefile.ofKubeconfig(
                Objects.requireNonNull(kubeconfig),
                Objects.requireNonNullElse(context, ""),
                zones,
                List.of(loopback))
            : ImpliedCorefile.ofManifests(manifests, made.options(), zones, List.of(loopback));
    Log log = Log.start(err, LOG_LINES);
    try {
      Server server = Server.start(corefile, log);
      List<Zone> known = server.zones();
      return new Running(
          "Clusterzone from " + source(),
          server.addresses().getFirst(),
          new OurZones(known.stream().map(Zone::apex).toList()),
          known,
          server,
          log);
    } catch (RuntimeException | InterruptedException e) {
      log.close();
      throw e;
    }
  }

  private String source() {
    return manifests.isEmpty()
        ? "the cluster of " + kubeconfig
        : manifests.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  /// @throws CommandFailure if the text is not an address, or an address and a port
  static InetSocketAddress address(String option, String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    InetAddress alone = AddressText.address(bare);
    if (alone != null) {
      return new InetSocketAddress(alone, DNS_PORT);
    }
    InetSocketAddress both = text.startsWith(":") ? null : AddressText.listener(text);
    if (both == null || both.getPort() == 0) {
      throw CommandFailure.usage(
          "%s takes an address such as 10.96.0.10, 127.0.0.1:5353 or [::1]:5353, not %s"
              .formatted(option, text));
    }
    return both;
  }

  static String text(InetSocketAddress address) {
    return NetUtil.toSocketAddressString(address);
  }
}
