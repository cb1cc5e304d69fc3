package io.clusterzone.k8s.api.decode;

import static io.clusterzone.k8s.api.decode.Shape.content;
import static io.clusterzone.k8s.api.decode.Shape.envelope;
import static io.clusterzone.k8s.api.decode.Shape.flag;
import static io.clusterzone.k8s.api.decode.Shape.key;
import static io.clusterzone.k8s.api.decode.Shape.map;
import static io.clusterzone.k8s.api.decode.Shape.message;
import static io.clusterzone.k8s.api.decode.Shape.number;
import static io.clusterzone.k8s.api.decode.Shape.text;

import io.clusterzone.k8s.model.Kind;

/// The kept fields of each message of the API: names as in its JSON, numbers as in its
/// `generated.proto`.
final class Shapes {
  private static final Shape.Field NAME = text("name", 1, Slot.NAME);
  private static final Shape.Field NAMESPACE = text("namespace", 3, Slot.NAMESPACE);
  private static final Shape.Field UID = text("uid", 5, Slot.UID);
  private static final Shape.Field VERSION = text("resourceVersion", 6, Slot.RESOURCE_VERSION);
  private static final int ANNOTATIONS = 12;

  /// Protobuf has it in the envelope.
  private static final Shape.Field JSON_KIND = text("kind", 0, Slot.ENVELOPE_KIND);

  private static final Shape.Field INITIAL_EVENTS_END =
      key("k8s.io/initial-events-end", Slot.INITIAL_EVENTS_END);

  private static final Shape.Field METADATA =
      message(
          "metadata",
          1,
          Shape.of(
              NAME, NAMESPACE, UID, VERSION, map("annotations", ANNOTATIONS, INITIAL_EVENTS_END)));

  private static final Shape METADATA_ONLY = Shape.of(METADATA);

  private static final Shape SERVICE =
      Shape.of(
          METADATA,
          message(
              "spec",
              2,
              Shape.of(
                  message("ports", 1, Slot.PORT, ports(1, 2, 3)),
                  text("clusterIP", 3, Slot.CLUSTER_IP),
                  text("type", 4, Slot.TYPE),
                  text("externalName", 10, Slot.EXTERNAL_NAME),
                  text("clusterIPs", 18, Slot.CLUSTER_IPS))));

  private static final Shape ENDPOINT =
      Shape.of(
          text("addresses", 1, Slot.ADDRESS),
          message(
              "conditions",
              2,
              Shape.of(flag("ready", 1, Slot.READY), flag("terminating", 3, Slot.TERMINATING))),
          text("hostname", 3, Slot.HOSTNAME),
          text("zone", 7, Slot.ZONE));

  private static final Shape ENDPOINT_SLICE = endpointSlice(ENDPOINT);

  private static final Shape ENDPOINT_SLICE_WITH_PODS =
      endpointSlice(
          ENDPOINT.with(
              Shape.of(message("targetRef", 4, Shape.of(text("name", 3, Slot.TARGET_NAME))))));

  private static final Shape POD =
      Shape.of(
          METADATA,
          message(
              "status",
              3,
              Shape.of(
                  text("phase", 1, Slot.PHASE),
                  text("podIP", 6, Slot.POD_IP),
                  message("podIPs", 12, Shape.of(text("ip", 1, Slot.POD_IPS))))));

  /// A custom resource: never in protobuf, so its numbers are of no use.
  private static final Shape SERVICE_IMPORT =
      Shape.of(
          METADATA,
          message(
              "spec",
              2,
              Shape.of(
                  text("type", 1, Slot.TYPE),
                  text("ips", 2, Slot.CLUSTER_IPS),
                  message("ports", 3, Slot.PORT, ports(1, 2, 3)))),
          message("status", 3, Shape.of(text("endpointSliceObjects", 1, Slot.SLICE_OBJECTS))));

  static final Shape STATUS =
      Shape.of(
          text("message", 3, Slot.STATUS_MESSAGE),
          text("reason", 4, Slot.STATUS_REASON),
          message("details", 5, Shape.of(number("retryAfterSeconds", 5, Slot.STATUS_RETRY_AFTER))),
          number("code", 6, Slot.STATUS_CODE));

  /// The envelope between `k8s\0` and an object in protobuf (`runtime.Unknown`).
  static final Shape UNKNOWN =
      Shape.of(message("", 1, Shape.of(text("", 2, Slot.ENVELOPE_KIND))), content(2));

  /// A watch event in protobuf; its object is a `runtime.RawExtension`.
  static final Shape EVENT =
      Shape.of(text("", 1, Slot.EVENT_TYPE), message("", 2, Shape.of(envelope(1, Slot.OBJECT))));

  private Shapes() {}

  private static Shape ports(int name, int protocol, int number) {
    return Shape.of(
        text("name", name, Slot.PORT_NAME),
        text("protocol", protocol, Slot.PROTOCOL),
        number("port", number, Slot.PORT_NUMBER));
  }

  private static Shape endpointSlice(Shape endpoint) {
    return Shape.of(
        message(
            "metadata",
            1,
            Shape.of(
                NAME,
                NAMESPACE,
                UID,
                VERSION,
                map(
                    "labels",
                    11,
                    key("kubernetes.io/service-name", Slot.SERVICE_NAME),
                    key("multicluster.kubernetes.io/service-name", Slot.IMPORTED_SERVICE),
                    key("multicluster.kubernetes.io/source-cluster", Slot.SOURCE_CLUSTER),
                    key("service.kubernetes.io/headless", Slot.HEADLESS)),
                map(
                    "annotations",
                    ANNOTATIONS,
                    INITIAL_EVENTS_END,
                    key("endpoints.kubernetes.io/last-change-trigger-time", Slot.TRIGGER_TIME)))),
        message("endpoints", 2, Slot.ENDPOINT, endpoint),
        message("ports", 3, Slot.PORT, ports(1, 2, 3)));
  }

  /// `podNames`: whether endpoints keep the names of their Pods.
  static Shape object(Kind kind, boolean metadataOnly, boolean podNames) {
    if (metadataOnly) {
      return METADATA_ONLY;
    }
    return switch (kind) {
      case NAMESPACE -> METADATA_ONLY;
      case SERVICE -> SERVICE;
      case ENDPOINT_SLICE -> podNames ? ENDPOINT_SLICE_WITH_PODS : ENDPOINT_SLICE;
      case POD -> POD;
      case SERVICE_IMPORT -> SERVICE_IMPORT;
    };
  }

  static Shape list(Shape item) {
    return Shape.of(
        JSON_KIND,
        message(
            "metadata",
            1,
            Shape.of(
                text("resourceVersion", 2, Slot.LIST_VERSION),
                text("continue", 3, Slot.LIST_CONTINUE))),
        message("items", 2, Slot.ITEM, item));
  }

  /// A watch event in JSON: an object and a Status stand in the same place, and share no name that
  /// either needs.
  static Shape jsonEvent(Shape object) {
    return Shape.of(
        text("type", 0, Slot.EVENT_TYPE),
        message("object", 0, Slot.OBJECT, object.with(STATUS).with(Shape.of(JSON_KIND))));
  }
}
