package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiConnection;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.api.decode.Decoder.Content;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The ready endpoints of one Service, asked for once: for commands that talk to its Pods. Needs
/// the permission to list EndpointSlices in its namespace.
public final class ReadyEndpoints {
  private static final int MOST = 10_000;

  /// An address with a port.
  public record At(IpAddress address, int port) {}

  private ReadyEndpoints() {}

  /// The endpoints in the order of the list, each once; none if there is no such Service.
  ///
  /// @param protocol of the ports, in lower case
  /// @throws IOException if the server cannot be asked or refuses, with what to do
  /// @throws IllegalArgumentException if the access cannot be used, with what is wrong
  public static List<At> of(ApiAccess access, ObjectKey service, String protocol)
      throws IOException, InterruptedException {
    var resource =
        new Resource(
            Kind.ENDPOINT_SLICE,
            service.namespace(),
            "kubernetes.io/service-name=" + service.name(),
            "",
            false);
    Set<At> found = new LinkedHashSet<>();
    try (Transport transport = ApiConnection.open(access).transport()) {
      String next = "";
      do {
        next = page(transport, resource, next, slice -> add(slice, service, protocol, found));
      } while (!next.isEmpty() && found.size() < MOST);
    } catch (ApiFailure e) {
      throw new IOException(e.explained(), e);
    }
    return List.copyOf(found);
  }

  private interface SliceTaker {
    void take(EndpointSlice slice);
  }

  /// @return what asks for the next page; empty after the last
  private static String page(Transport transport, Resource resource, String next, SliceTaker taker)
      throws IOException, InterruptedException {
    var following = new AtomicReference<>("");
    try (var stream =
        EventStream.open(transport, resource.list(next), resource, Content.LIST, _ -> {})) {
      stream.readAll(
          Patience.DEFAULT.listSilence(),
          event -> {
            if (event instanceof ApiEvent.Present present
                && present.object() instanceof EndpointSlice slice) {
              taker.take(slice);
            } else if (event instanceof ApiEvent.PageEnd end) {
              following.set(end.next());
            } else if (event instanceof ApiEvent.Failed failed) {
              throw new ApiFailure(failed);
            } else if (event instanceof ApiEvent.Foreign foreign) {
              throw new IOException(foreign.problem());
            }
          });
    }
    return following.get();
  }

  /// A server that ignores selectors sends slices of others too.
  private static void add(EndpointSlice slice, ObjectKey service, String protocol, Set<At> found) {
    if (!slice.service().equals(service.name())) {
      return;
    }
    for (Endpoint endpoint : slice.endpoints()) {
      for (Port port : slice.ports()) {
        if (endpoint.ready() && port.protocol().equals(protocol) && port.number() > 0) {
          endpoint.addresses().forEach(address -> found.add(new At(address, port.number())));
        }
      }
    }
  }
}
