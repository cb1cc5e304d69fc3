package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterzone.k8s.api.FakeCluster.Stored;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The API's JSON.
final class FakeJson implements FakeEncoding {
  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public byte[] list(
      Kind kind, List<Stored> items, long version, String next, boolean metadataOnly) {
    String body =
        "{\"kind\":\""
            + (metadataOnly ? "PartialObjectMetadata" : kind.apiName())
            + "List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
            + version
            + "\",\"continue\":\""
            + next
            + "\"},\"items\":["
            + join(items, item -> object(item, metadataOnly))
            + "]}";
    return body.getBytes(UTF_8);
  }

  @Override
  public byte[] event(FakeCluster.Type type, Kind kind, Stored stored, boolean initialEventsEnd) {
    String object =
        type == FakeCluster.Type.BOOKMARK
            ? "{\"kind\":\""
                + kind.apiName()
                + "\",\"metadata\":{\"resourceVersion\":\""
                + stored.version()
                + "\",\"annotations\":{"
                + (initialEventsEnd ? "\"k8s.io/initial-events-end\":\"true\"" : "")
                + "}}}"
            : object(stored, false);
    return ("{\"type\":\"" + type + "\",\"object\":" + object + "}\n").getBytes(UTF_8);
  }

  @Override
  public byte[] error(int code, String reason, String message, int retryAfterSeconds) {
    String status = new String(status(code, reason, message, retryAfterSeconds), UTF_8);
    return ("{\"type\":\"ERROR\",\"object\":" + status + "}\n").getBytes(UTF_8);
  }

  @Override
  public byte[] status(int code, String reason, String message, int retryAfterSeconds) {
    return ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
            + "\"message\":"
            + text(message)
            + ",\"reason\":\""
            + reason
            + "\",\"details\":{\"retryAfterSeconds\":"
            + retryAfterSeconds
            + "},\"code\":"
            + code
            + "}")
        .getBytes(UTF_8);
  }

  private static String object(Stored stored, boolean metadataOnly) {
    String spec = metadataOnly ? "" : "," + spec(stored.object());
    String kind = metadataOnly ? "PartialObjectMetadata" : stored.object().kind().apiName();
    return "{\"kind\":\"" + kind + "\",\"metadata\":{" + metadata(stored) + "}" + spec + "}";
  }

  private static String metadata(Stored stored) {
    ClusterObject object = stored.object();
    String labels =
        object instanceof ClusterObject.EndpointSlice slice
            ? label("kubernetes.io/service-name", slice.service())
                + label("multicluster.kubernetes.io/service-name", slice.importedService())
                + label("multicluster.kubernetes.io/source-cluster", slice.cluster())
            : "";
    return "\"name\":"
        + text(object.key().name())
        + ",\"namespace\":"
        + text(object.key().namespace())
        + ",\"uid\":"
        + text(stored.uid())
        + ",\"resourceVersion\":\""
        + stored.version()
        + "\",\"labels\":{"
        + labels
        + "\"app\":\"x\"},\"annotations\":{\"note\":"
        + text(NOISE)
        + "},\"managedFields\":[{\"manager\":\"m\",\"fieldsV1\":{\"f:a\":{\"name\":\"no\"}}}]";
  }

  private static String label(String name, String value) {
    return value.isEmpty() ? "" : text(name) + ":" + text(value) + ",";
  }

  private static String spec(ClusterObject object) {
    return switch (object) {
      case ClusterObject.Namespace _ -> "\"spec\":{\"finalizers\":[\"kubernetes\"]}";
      case ClusterObject.Service service -> "\"spec\":{" + service(service) + "},\"status\":{}";
      case ClusterObject.EndpointSlice slice ->
          "\"addressType\":\"IPv4\",\"endpoints\":["
              + join(slice.endpoints(), FakeJson::endpoint)
              + "],\"ports\":["
              + join(slice.ports(), FakeJson::port)
              + "]";
      case ClusterObject.Pod pod ->
          "\"spec\":{\"podIP\":\"9.9.9.9\"},\"status\":{\"phase\":\"Running\",\"podIPs\":["
              + join(pod.addresses(), ip -> "{\"ip\":\"" + ip + "\"}")
              + "]}";
      case ClusterObject.ServiceImport imported ->
          "\"spec\":{\"type\":\""
              + (imported.headless() ? "Headless" : "ClusterSetIP")
              + "\",\"ips\":["
              + join(imported.addresses(), ip -> "\"" + ip + "\"")
              + "],\"ports\":["
              + join(imported.ports(), FakeJson::port)
              + "]},\"status\":{\"endpointSliceObjects\":\""
              + (imported.slicesAbsent() ? "Absent" : "Present")
              + "\"}";
    };
  }

  private static String service(ClusterObject.Service service) {
    String ips =
        service.type() == ClusterObject.Service.Type.HEADLESS
            ? "\"None\""
            : join(service.clusterIps(), (IpAddress ip) -> "\"" + ip + "\"");
    String type =
        service.type() == ClusterObject.Service.Type.EXTERNAL_NAME ? "ExternalName" : "ClusterIP";
    return "\"type\":\""
        + type
        + "\",\"clusterIPs\":["
        + ips
        + "],\"externalName\":"
        + text(service.externalName())
        + ",\"selector\":{\"type\":\"ExternalName\"},\"ports\":["
        + join(service.ports(), FakeJson::port)
        + "]";
  }

  private static String endpoint(ClusterObject.Endpoint endpoint) {
    return "{\"addresses\":["
        + join(endpoint.addresses(), ip -> "\"" + ip + "\"")
        + "],\"conditions\":{\"ready\":"
        + endpoint.ready()
        + ",\"serving\":true,\"terminating\":"
        + endpoint.terminating()
        + "},\"hostname\":"
        + text(endpoint.hostname())
        + ",\"targetRef\":{\"kind\":\"Pod\",\"name\":"
        + text(endpoint.pod())
        + "},\"nodeName\":\"n\",\"zone\":"
        + text(endpoint.zone())
        + "}";
  }

  private static String port(ClusterObject.Port port) {
    return "{\"name\":"
        + text(port.name())
        + ",\"protocol\":\""
        + port.protocol().toUpperCase(Locale.ROOT)
        + "\",\"targetPort\":\"x\",\"port\":"
        + (port.number() == ClusterObject.Port.NO_NUMBER ? "null" : port.number())
        + "}";
  }

  private static <T> String join(List<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining(","));
  }

  static String text(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
