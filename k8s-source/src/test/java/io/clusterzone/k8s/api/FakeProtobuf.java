package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterzone.k8s.api.FakeCluster.Stored;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/// Kubernetes' protobuf.
final class FakeProtobuf implements FakeEncoding {
  /// A message that is being written.
  static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message text(int field, String value) {
      return octets(field, value.getBytes(UTF_8));
    }

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message message(int field, Message nested) {
      return octets(field, nested.octets());
    }

    Message octets(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] octets() {
      return out.toByteArray();
    }
  }

  @Override
  public String mediaType() {
    return "application/vnd.kubernetes.protobuf";
  }

  @Override
  public byte[] list(
      Kind kind, List<Stored> items, long version, String next, boolean metadataOnly) {
    var list =
        new Message()
            .message(1, new Message().text(1, "/self").text(2, "" + version).text(3, next));
    items.forEach(item -> list.message(2, object(item, metadataOnly)));
    String of = metadataOnly ? "PartialObjectMetadata" : kind.apiName();
    return envelope(of + "List", list);
  }

  @Override
  public byte[] event(FakeCluster.Type type, Kind kind, Stored stored, boolean initialEventsEnd) {
    return frame(
        type.name(), envelope(kind.apiName(), eventObject(type, stored, initialEventsEnd)));
  }

  private static Message eventObject(
      FakeCluster.Type type, Stored stored, boolean initialEventsEnd) {
    if (type != FakeCluster.Type.BOOKMARK) {
      return object(stored, false);
    }
    var metadata = new Message().text(6, "" + stored.version());
    if (initialEventsEnd) {
      metadata.message(12, entry("k8s.io/initial-events-end", "true"));
    }
    return new Message().message(1, metadata);
  }

  @Override
  public byte[] error(int code, String reason, String message, int retryAfterSeconds) {
    return frame("ERROR", status(code, reason, message, retryAfterSeconds));
  }

  @Override
  public byte[] status(int code, String reason, String message, int retryAfterSeconds) {
    return envelope(
        "Status",
        new Message()
            .message(1, new Message())
            .text(2, "Failure")
            .text(3, message)
            .text(4, reason)
            .message(5, new Message().text(1, "x").number(5, retryAfterSeconds))
            .number(6, code));
  }

  private static byte[] frame(String type, byte[] envelope) {
    byte[] event =
        new Message().text(1, type).message(2, new Message().octets(1, envelope)).octets();
    return ByteBuffer.allocate(4 + event.length).putInt(event.length).put(event).array();
  }

  private static byte[] envelope(String kind, Message object) {
    byte[] unknown =
        new Message()
            .message(1, new Message().text(1, "v1").text(2, kind))
            .octets(2, object.octets())
            .text(3, "")
            .text(4, "")
            .octets();
    return ByteBuffer.allocate(4 + unknown.length)
        .put(new byte[] {'k', '8', 's', 0})
        .put(unknown)
        .array();
  }

  private static Message object(Stored stored, boolean metadataOnly) {
    var message = new Message().message(1, metadata(stored));
    if (!metadataOnly) {
      spec(message, stored.object());
    }
    return message;
  }

  private static Message metadata(Stored stored) {
    ClusterObject object = stored.object();
    var metadata =
        new Message()
            .text(1, object.key().name())
            .text(2, "")
            .text(3, object.key().namespace())
            .text(5, stored.uid())
            .text(6, "" + stored.version())
            .number(7, 3)
            .message(8, new Message().number(1, 1_700_000_000));
    if (object instanceof ClusterObject.EndpointSlice slice) {
      label(metadata, "kubernetes.io/service-name", slice.service());
      label(metadata, "multicluster.kubernetes.io/service-name", slice.importedService());
      label(metadata, "multicluster.kubernetes.io/source-cluster", slice.cluster());
    }
    return metadata
        .message(11, entry("app", "x"))
        .message(12, entry("note", NOISE))
        .message(17, new Message().text(1, "m").octets(7, new byte[300]));
  }

  private static void label(Message metadata, String name, String value) {
    if (!value.isEmpty()) {
      metadata.message(11, entry(name, value));
    }
  }

  private static Message entry(String key, String value) {
    return new Message().text(1, key).text(2, value);
  }

  private static void spec(Message message, ClusterObject object) {
    switch (object) {
      case ClusterObject.Namespace _ -> message.message(2, new Message().text(1, "kubernetes"));
      case ClusterObject.Service service -> message.message(2, service(service));
      case ClusterObject.EndpointSlice slice -> {
        slice.endpoints().forEach(endpoint -> message.message(2, endpoint(endpoint)));
        slice.ports().forEach(port -> message.message(3, port(port)));
        message.text(4, "IPv4");
      }
      case ClusterObject.Pod pod -> {
        var status = new Message().text(1, "Running").text(6, "9.9.9.9");
        pod.addresses().forEach(ip -> status.message(12, new Message().text(1, ip.toString())));
        message.message(2, new Message().text(3, "Always")).message(3, status);
      }
      case ClusterObject.ServiceImport _ ->
          throw new IllegalArgumentException("a custom resource has no protobuf");
    }
  }

  private static Message service(ClusterObject.Service service) {
    var spec = new Message();
    service.ports().forEach(port -> spec.message(1, port(port)));
    boolean headless = service.type() == ClusterObject.Service.Type.HEADLESS;
    boolean external = service.type() == ClusterObject.Service.Type.EXTERNAL_NAME;
    String first = service.clusterIps().isEmpty() ? "" : service.clusterIps().get(0).toString();
    spec.message(2, entry("type", "ExternalName"))
        .text(3, headless ? "None" : first)
        .text(4, external ? "ExternalName" : "ClusterIP")
        .text(7, "None")
        .text(10, service.externalName())
        .number(13, 0);
    if (headless) {
      spec.text(18, "None");
    }
    service.clusterIps().forEach(ip -> spec.text(18, ip.toString()));
    return spec;
  }

  private static Message endpoint(ClusterObject.Endpoint endpoint) {
    var message = new Message();
    endpoint.addresses().forEach(ip -> message.text(1, ip.toString()));
    return message
        .message(
            2,
            new Message()
                .number(1, endpoint.ready() ? 1 : 0)
                .number(2, 1)
                .number(3, endpoint.terminating() ? 1 : 0))
        .text(3, endpoint.hostname())
        .message(4, new Message().text(1, "Pod").text(3, endpoint.pod()))
        .text(6, "n")
        .text(7, endpoint.zone());
  }

  private static Message port(ClusterObject.Port port) {
    var message =
        new Message().text(1, port.name()).text(2, port.protocol().toUpperCase(Locale.ROOT));
    return port.number() == ClusterObject.Port.NO_NUMBER
        ? message
        : message.number(3, port.number());
  }
}
