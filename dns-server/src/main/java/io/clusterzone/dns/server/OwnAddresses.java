package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.k8s.model.IpAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/// The addresses at which this server answers for a cluster: those that its server blocks are bound
/// to; for a block without `bind`, all of the host that others can reach.
public final class OwnAddresses {
  private OwnAddresses() {}

  public static List<IpAddress> of(Corefile corefile, Kubernetes kubernetes) {
    return corefile.blocks().stream()
        .filter(block -> kubernetes.equals(block.find(Kubernetes.class)))
        .flatMap(OwnAddresses::of)
        .map(OwnAddresses::model)
        .distinct()
        .toList();
  }

  private static Stream<InetAddress> of(ServerBlock block) {
    Bind bind = block.find(Bind.class);
    return bind != null ? bind.addresses().stream() : ofHost();
  }

  private static Stream<InetAddress> ofHost() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress());
    } catch (SocketException e) {
      return Stream.of(); // Without interfaces there is no address to tell.
    }
  }

  private static IpAddress model(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    return octets.remaining() == 4
        ? IpAddress.v4(octets.getInt())
        : IpAddress.v6(octets.getLong(), octets.getLong());
  }
}
