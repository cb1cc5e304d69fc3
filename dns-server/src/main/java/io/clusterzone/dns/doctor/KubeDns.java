package io.clusterzone.dns.doctor;

import io.clusterzone.k8s.api.ApiOptions;
import io.clusterzone.k8s.api.ApiProbe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The Service `kube-dns` of the namespace `kube-system`, which kubelets name to Pods, and the
/// addresses of its endpoints.
///
/// @param problem why it is not known; empty if it is
/// @param exists whether there is such a Service
/// @param clusterIps of the Service
/// @param ports as `53/UDP`
/// @param ready addresses of endpoints that are ready
/// @param unready of the others
record KubeDns(
    String problem,
    boolean exists,
    List<String> clusterIps,
    List<String> ports,
    List<String> ready,
    List<String> unready) {
  private static final String SERVICE =
      "/api/v1/namespaces/kube-system/services?fieldSelector=metadata.name%3Dkube-dns";

  private static final String SLICES =
      "/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices"
          + "?labelSelector=kubernetes.io%2Fservice-name%3Dkube-dns";

  static KubeDns of(List<ApiOptions> clusters) throws InterruptedException {
    if (clusters.isEmpty()) {
      return unknown("no live cluster is named; name one with --kubeconfig");
    }
    try (var api = new ApiProbe(clusters.getFirst().access())) {
      return of(api.items(SERVICE), api.items(SLICES));
    } catch (IOException | IllegalArgumentException e) {
      return unknown("the API server does not tell: " + e.getMessage());
    }
  }

  private static KubeDns unknown(String why) {
    return new KubeDns(why, false, List.of(), List.of(), List.of(), List.of());
  }

  private static KubeDns of(List<JsonNode> services, List<JsonNode> slices) {
    List<String> ready = new ArrayList<>();
    List<String> unready = new ArrayList<>();
    slices.stream()
        .flatMap(slice -> slice.path("endpoints").values().stream())
        .forEach(endpoint -> {
          boolean isReady = endpoint.path("conditions").path("ready").asBoolean(true);
          texts(endpoint.path("addresses")).forEach((isReady ? ready : unready)::add);
        });
    JsonNode spec = services.isEmpty() ? null : services.getFirst().path("spec");
    return new KubeDns(
        "",
        spec != null,
        spec == null ? List.of() : texts(spec.path("clusterIPs")).toList(),
        spec == null ? List.of() : spec.path("ports").values().stream().map(KubeDns::port).toList(),
        ready.stream().distinct().toList(),
        unready.stream().distinct().toList());
  }

  private static Stream<String> texts(JsonNode list) {
    return list.values().stream().map(node -> node.asString(""));
  }

  private static String port(JsonNode port) {
    return port.path("port").asInt(0) + "/" + port.path("protocol").asString("TCP");
  }
}
