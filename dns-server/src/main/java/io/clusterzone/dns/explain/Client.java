package io.clusterzone.dns.explain;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.records.ClusterObjects;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The asker: the namespace decides where its search list begins, the address what `acl` lets it
/// see. Immutable.
///
/// @param pod empty if it is not known
/// @param remark something that the reader should know of; may be empty
record Client(String namespace, String pod, InetAddress address, String remark) {
  private static final String DEFAULT_NAMESPACE = "default";

  /// @param from as in [ExplainRequest#from]
  static Client of(String from, List<ClusterObjects> clusters) {
    IpAddress address = IpAddress.tryParse(from);
    if (address != null) {
      return ofAddress(address, clusters);
    }
    int slash = from.indexOf('/');
    if (slash >= 0) {
      return ofPod(from.substring(0, slash), from.substring(slash + 1), clusters);
    }
    if (from.isEmpty()) {
      return new Client(DEFAULT_NAMESPACE, "", InetAddress.getLoopbackAddress(), "");
    }
    boolean known =
        clusters.isEmpty() || clusters.stream().anyMatch(one -> one.namespaces().contains(from));
    return new Client(
        from,
        "",
        InetAddress.getLoopbackAddress(),
        known ? "" : "no namespace `%s` is served here".formatted(from));
  }

  private static Client ofAddress(IpAddress address, List<ClusterObjects> clusters) {
    for (ClusterObjects cluster : clusters) {
      for (Pod pod : cluster.pods()) {
        if (cluster.namespaces().contains(pod.key().namespace())
            && pod.addresses().contains(address)) {
          return new Client(pod.key().namespace(), pod.key().name(), inet(address), "");
        }
      }
      for (EndpointSlice slice : cluster.slices()) {
        if (!cluster.namespaces().contains(slice.key().namespace())) {
          continue;
        }
        for (Endpoint endpoint : slice.endpoints()) {
          if (endpoint.addresses().contains(address)) {
            return new Client(slice.key().namespace(), endpoint.pod(), inet(address), "");
          }
        }
      }
    }
    return new Client(
        DEFAULT_NAMESPACE,
        "",
        inet(address),
        "no Pod that is known here has the address, so its namespace is taken to be `default`");
  }

  private static Client ofPod(String namespace, String name, List<ClusterObjects> clusters) {
    for (ClusterObjects cluster : clusters) {
      IpAddress address = addressOf(namespace, name, cluster);
      if (address != null) {
        return new Client(namespace, name, inet(address), "");
      }
    }
    return new Client(
        namespace,
        name,
        InetAddress.getLoopbackAddress(),
        "the address of this Pod is not known here: no endpoint names it; give the address to be"
            + " asked as it");
  }

  private static @Nullable IpAddress addressOf(
      String namespace, String name, ClusterObjects cluster) {
    for (Pod pod : cluster.pods()) {
      if (pod.key().namespace().equals(namespace)
          && pod.key().name().equals(name)
          && !pod.addresses().isEmpty()) {
        return pod.addresses().getFirst();
      }
    }
    for (EndpointSlice slice : cluster.slices()) {
      if (slice.key().namespace().equals(namespace)) {
        for (Endpoint endpoint : slice.endpoints()) {
          if (endpoint.pod().equals(name) && !endpoint.addresses().isEmpty()) {
            return endpoint.addresses().getFirst();
          }
        }
      }
    }
    return null;
  }

  private static InetAddress inet(IpAddress address) {
    byte[] octets =
        address.isV4()
            ? ByteBuffer.allocate(4).putInt(address.v4Bits()).array()
            : ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array();
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // neither 4 nor 16 octets
    }
  }
}
