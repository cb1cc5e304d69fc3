package io.clusterzone.dns.explain;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects behind the replies about one name, as JSON. For one explanation.
final class ObjectsJson {
  private final ClusterObjects cluster;
  private final Near near;

  ObjectsJson(ClusterObjects cluster, Near near) {
    this.cluster = cluster;
    this.near = near;
  }

  /// @param replies about the name, one for each type
  ArrayNode of(Name name, List<RecordedReply> replies) {
    ArrayNode objects = Json.array();
    var origins = new Origins(cluster);
    Labels labels = Labels.of(name, cluster);
    boolean reverse = labels != null && ReverseName.isReverse(labels.apex());
    for (ClusterObject service : origins.services(name)) {
      Name apex = reverse || labels == null ? cluster.options().primaryZone() : labels.apex();
      Name owner =
          Labels.join(List.of(service.key().name(), service.key().namespace(), "svc"), apex);
      if (owner != null && (!reverse || near.isSeen(owner))) {
        objects.add(service(service, owner, apex, name, replies));
      }
    }
    for (Pod pod : origins.pods(name)) {
      ObjectNode json = objects.addObject();
      json.put("kind", "Pod");
      json.put("name", pod.key().toString());
      json.set("addresses", Json.texts(pod.addresses()));
    }
    return objects;
  }

  private ObjectNode service(
      ClusterObject object, Name owner, Name apex, Name asked, List<RecordedReply> replies) {
    ObjectNode json = Json.object();
    json.put("kind", object.kind().apiName());
    json.put("name", object.key().toString());
    boolean headless = false;
    switch (object) {
      case Service service -> {
        headless = service.type() == Service.Type.HEADLESS;
        json.put("type", type(service.type()));
        addresses(json, service.clusterIps(), service.ports());
        if (service.type() == Service.Type.EXTERNAL_NAME) {
          json.put("externalName", service.externalName());
        }
      }
      case ServiceImport service -> {
        headless = service.headless();
        json.put("type", headless ? "headless" : "ClusterSetIP");
        addresses(json, service.addresses(), service.ports());
      }
      case Namespace _, EndpointSlice _, Pod _ ->
          throw new IllegalStateException("no Service: " + object);
    }
    if (!json.path("type").asString().equals("ExternalName")) {
      json.set(
          "endpoints",
          new EndpointsJson(asked, replies, headless).of(cluster.endpoints(object, apex), owner));
    }
    return json;
  }

  private static String type(Service.Type type) {
    return switch (type) {
      case CLUSTER_IP -> "ClusterIP";
      case HEADLESS -> "headless";
      case EXTERNAL_NAME -> "ExternalName";
    };
  }

  private static void addresses(ObjectNode json, List<IpAddress> addresses, List<Port> ports) {
    json.set("addresses", Json.texts(addresses));
    json.set("ports", Json.texts(ports.stream().map(ObjectsJson::port).toList()));
  }

  private static String port(Port port) {
    String number = port.number() < 0 ? "" : " " + port.number();
    return (port.name().isEmpty() ? "" : port.name() + " ") + port.protocol() + number;
  }
}
