package io.clusterzone.k8s.api;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label.LABEL_OPTIONAL;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label.LABEL_REPEATED;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BOOL;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_MESSAGE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.api.decode.Decoder;
import io.clusterzone.k8s.api.decode.Decoder.Content;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Reading an independent encoder's messages: protobuf's own library, with the messages that the
/// Kubernetes project publishes. Its package lacks EndpointSlices, so their numbers stand here, as
/// `k8s.io/api/discovery/v1/generated.proto` has them.
final class PublishedProtobufTest {
  private static final Meta.ObjectMeta.Builder META =
      Meta.ObjectMeta.newBuilder()
          .setName("web")
          .setNamespace("shop")
          .setUid("u-1")
          .setResourceVersion("77")
          .setGeneration(3)
          .setCreationTimestamp(Meta.Time.newBuilder().setSeconds(1_700_000_000))
          .putLabels("app", "web")
          .putAnnotations("note", "é €")
          .addManagedFields(Meta.ManagedFieldsEntry.newBuilder().setManager("kubectl"));

  private static final ObjectKey WEB = new ObjectKey("shop", "web");

  private static List<ApiEvent> read(Kind kind, Content content, byte[] body) throws Exception {
    var events = new ArrayList<ApiEvent>();
    var decoder =
        Decoder.of("application/vnd.kubernetes.protobuf", kind, true, content, events::add);
    decoder.feed(ByteBuffer.wrap(body));
    decoder.end();
    return events;
  }

  private static ByteString envelope(String kind, Message object) {
    var unknown =
        Runtime.Unknown.newBuilder()
            .setTypeMeta(Runtime.TypeMeta.newBuilder().setApiVersion("v1").setKind(kind))
            .setRaw(object.toByteString())
            .setContentEncoding("")
            .setContentType("");
    return ByteString.copyFrom(new byte[] {'k', '8', 's', 0})
        .concat(unknown.build().toByteString());
  }

  private static byte[] event(String type, String kind, Message object) {
    var raw = Runtime.RawExtension.newBuilder().setRaw(envelope(kind, object));
    byte[] event = Meta.WatchEvent.newBuilder().setType(type).setObject(raw).build().toByteArray();
    return ByteBuffer.allocate(4 + event.length).putInt(event.length).put(event).array();
  }

  private static ApiEvent.Version version() {
    return new ApiEvent.Version(WEB, "u-1", "77");
  }

  @Test
  void readsAServiceOfAWatch() throws Exception {
    V1.Service service =
        V1.Service.newBuilder()
            .setMetadata(META)
            .setSpec(
                V1.ServiceSpec.newBuilder()
                    .addPorts(
                        V1.ServicePort.newBuilder()
                            .setName("http")
                            .setProtocol("TCP")
                            .setPort(80)
                            .setNodePort(30080))
                    .putSelector("app", "web")
                    .setClusterIP("10.96.0.10")
                    .addClusterIPs("10.96.0.10")
                    .addClusterIPs("fd00::10")
                    .setType("LoadBalancer")
                    .addExternalIPs("192.0.2.9")
                    .setSessionAffinity("None")
                    .setPublishNotReadyAddresses(true))
            .setStatus(
                V1.ServiceStatus.newBuilder()
                    .setLoadBalancer(
                        V1.LoadBalancerStatus.newBuilder()
                            .addIngress(V1.LoadBalancerIngress.newBuilder().setIp("192.0.2.8"))))
            .build();
    assertThat(read(Kind.SERVICE, Content.WATCH, event("ADDED", "Service", service)))
        .containsExactly(
            new ApiEvent.Present(
                version(),
                new Service(
                    WEB,
                    Service.Type.CLUSTER_IP,
                    Samples.addresses("10.96.0.10", "fd00::10"),
                    List.of(new Port("http", "tcp", 80)),
                    ""),
                ""));
  }

  @Test
  void readsAnExternalName() throws Exception {
    V1.Service service =
        V1.Service.newBuilder()
            .setMetadata(META)
            .setSpec(
                V1.ServiceSpec.newBuilder()
                    .setType("ExternalName")
                    .setExternalName("www.example.com"))
            .build();
    assertThat(read(Kind.SERVICE, Content.WATCH, event("MODIFIED", "Service", service)))
        .containsExactly(
            new ApiEvent.Present(
                version(),
                new Service(
                    WEB, Service.Type.EXTERNAL_NAME, List.of(), List.of(), "www.example.com"),
                ""));
  }

  @Test
  void readsAListOfPods() throws Exception {
    V1.PodList pods =
        V1.PodList.newBuilder()
            .setMetadata(
                Meta.ListMeta.newBuilder()
                    .setResourceVersion("99")
                    .setContinue("more")
                    .setRemainingItemCount(7))
            .addItems(
                V1.Pod.newBuilder()
                    .setMetadata(META)
                    .setSpec(V1.PodSpec.newBuilder().setNodeName("n1").setHostname("h"))
                    .setStatus(
                        V1.PodStatus.newBuilder()
                            .setPhase("Running")
                            .setHostIP("192.0.2.1")
                            .setPodIP("10.244.1.4")
                            .addPodIPs(V1.PodIP.newBuilder().setIp("10.244.1.4"))
                            .addPodIPs(V1.PodIP.newBuilder().setIp("fd00::4"))))
            .build();
    assertThat(read(Kind.POD, Content.LIST, envelope("PodList", pods).toByteArray()))
        .containsExactly(
            new ApiEvent.Present(
                version(), new Pod(WEB, Samples.addresses("10.244.1.4", "fd00::4")), ""),
            new ApiEvent.PageEnd("99", "more"));
  }

  @Test
  void readsTheEndOfTheInitialEvents() throws Exception {
    var bookmark =
        V1.Namespace.newBuilder()
            .setMetadata(
                Meta.ObjectMeta.newBuilder()
                    .setResourceVersion("1234")
                    .putAnnotations("k8s.io/initial-events-end", "true"))
            .build();
    assertThat(read(Kind.NAMESPACE, Content.WATCH, event("BOOKMARK", "Namespace", bookmark)))
        .containsExactly(new ApiEvent.Bookmark("1234", true));
  }

  @Test
  void readsAStatus() throws Exception {
    var status =
        Meta.Status.newBuilder()
            .setStatus("Failure")
            .setMessage("too old resource version: 1 (2)")
            .setReason("Expired")
            .setDetails(Meta.StatusDetails.newBuilder().setName("x").setRetryAfterSeconds(3))
            .setCode(410)
            .build();
    assertThat(read(Kind.SERVICE, Content.WATCH, event("ERROR", "Status", status)))
        .containsExactly(
            new ApiEvent.Failed(
                410, "Expired", "too old resource version: 1 (2)", Duration.ofSeconds(3)));
  }

  @Test
  void readsANamespaceOfAList() throws Exception {
    var namespaces =
        V1.NamespaceList.newBuilder()
            .setMetadata(Meta.ListMeta.newBuilder().setResourceVersion("5"))
            .addItems(
                V1.Namespace.newBuilder()
                    .setMetadata(Meta.ObjectMeta.newBuilder().setName("shop").setUid("u-2"))
                    .setStatus(V1.NamespaceStatus.newBuilder().setPhase("Active")))
            .build();
    assertThat(
            read(Kind.NAMESPACE, Content.LIST, envelope("NamespaceList", namespaces).toByteArray()))
        .containsExactly(
            new ApiEvent.Present(
                new ApiEvent.Version(new ObjectKey("", "shop"), "u-2", ""),
                new Namespace("shop"),
                ""),
            new ApiEvent.PageEnd("5", ""));
  }

  @Test
  void readsAnEndpointSlice() throws Exception {
    var slice = new Dynamic(discovery(), "EndpointSlice");
    slice.set("metadata", META.clone().putLabels("kubernetes.io/service-name", "web").build());
    slice.set("addressType", "IPv4");
    var ready = new Dynamic(discovery(), "Endpoint");
    ready.add("addresses", "10.0.0.1");
    ready.set("conditions", new Dynamic(discovery(), "Conditions").set("ready", true).build());
    ready.set("hostname", "web-0");
    ready.set("targetRef", V1.ObjectReference.newBuilder().setKind("Pod").setName("p").build());
    ready.set("nodeName", "n1");
    ready.set("zone", "zone-a");
    slice.add("endpoints", ready.build());
    var draining = new Dynamic(discovery(), "Endpoint");
    draining.add("addresses", "10.0.0.2");
    draining.set(
        "conditions",
        new Dynamic(discovery(), "Conditions")
            .set("ready", false)
            .set("serving", true)
            .set("terminating", true)
            .build());
    slice.add("endpoints", draining.build());
    var unset = new Dynamic(discovery(), "Endpoint");
    unset.add("addresses", "10.0.0.3");
    slice.add("endpoints", unset.build());
    var port = new Dynamic(discovery(), "Port");
    port.set("name", "http").set("protocol", "TCP").set("port", 8080).set("appProtocol", "h2c");
    slice.add("ports", port.build());

    assertThat(
            read(
                Kind.ENDPOINT_SLICE, Content.WATCH, event("ADDED", "EndpointSlice", slice.build())))
        .containsExactly(
            new ApiEvent.Present(
                version(),
                new EndpointSlice(
                    WEB,
                    "web",
                    "",
                    "",
                    List.of(
                        new Endpoint(Samples.addresses("10.0.0.1"), true, "web-0", "p", "zone-a"),
                        new Endpoint(Samples.addresses("10.0.0.2"), false, true, "", "", ""),
                        new Endpoint(Samples.addresses("10.0.0.3"), true, "", "", "")),
                    List.of(new Port("http", "tcp", 8080))),
                ""));
  }

  /// A message of a descriptor that was made here.
  private static final class Dynamic {
    private final DynamicMessage.Builder builder;

    private Dynamic(FileDescriptor file, String type) {
      builder = DynamicMessage.newBuilder(file.findMessageTypeByName(type));
    }

    private Dynamic set(String field, Object value) {
      builder.setField(builder.getDescriptorForType().findFieldByName(field), value);
      return this;
    }

    private void add(String field, Object value) {
      builder.addRepeatedField(builder.getDescriptorForType().findFieldByName(field), value);
    }

    private DynamicMessage build() {
      return builder.build();
    }
  }

  private static final FileDescriptor DISCOVERY = makeDiscovery();

  private static FileDescriptor discovery() {
    return DISCOVERY;
  }

  private static FileDescriptor makeDiscovery() {
    var file =
        FileDescriptorProto.newBuilder()
            .setName("discovery.proto")
            .setPackage("discovery")
            .addDependency(Meta.getDescriptor().getName())
            .addDependency(V1.getDescriptor().getName())
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Conditions")
                    .addField(field("ready", 1, TYPE_BOOL))
                    .addField(field("serving", 2, TYPE_BOOL))
                    .addField(field("terminating", 3, TYPE_BOOL)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Endpoint")
                    .addField(field("addresses", 1, TYPE_STRING).setLabel(LABEL_REPEATED))
                    .addField(message("conditions", 2, ".discovery.Conditions"))
                    .addField(field("hostname", 3, TYPE_STRING))
                    .addField(
                        message(
                            "targetRef", 4, "." + V1.ObjectReference.getDescriptor().getFullName()))
                    .addField(field("nodeName", 6, TYPE_STRING))
                    .addField(field("zone", 7, TYPE_STRING)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Port")
                    .addField(field("name", 1, TYPE_STRING))
                    .addField(field("protocol", 2, TYPE_STRING))
                    .addField(field("port", 3, TYPE_INT32))
                    .addField(field("appProtocol", 4, TYPE_STRING)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("EndpointSlice")
                    .addField(
                        message("metadata", 1, "." + Meta.ObjectMeta.getDescriptor().getFullName()))
                    .addField(
                        message("endpoints", 2, ".discovery.Endpoint").setLabel(LABEL_REPEATED))
                    .addField(message("ports", 3, ".discovery.Port").setLabel(LABEL_REPEATED))
                    .addField(field("addressType", 4, TYPE_STRING)))
            .build();
    try {
      return FileDescriptor.buildFrom(
          file, new FileDescriptor[] {Meta.getDescriptor(), V1.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(LABEL_OPTIONAL);
  }

  private static FieldDescriptorProto.Builder message(String name, int number, String type) {
    return field(name, number, TYPE_MESSAGE).setTypeName(type);
  }
}
