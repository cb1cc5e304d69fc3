package io.clusterzone.k8s.api.decode;

/// The meaning of a kept field, at any place of an object and in either encoding.
enum Slot {
  /// The whole body of a list, or one event of a watch.
  ROOT,
  EVENT_TYPE,
  OBJECT,
  ITEM,
  LIST_VERSION,
  LIST_CONTINUE,

  /// `kind` of a list, or of the object of a watch event; a protobuf envelope has it.
  ENVELOPE_KIND,

  STATUS_MESSAGE,
  STATUS_REASON,
  STATUS_CODE,
  STATUS_RETRY_AFTER,

  NAME,
  NAMESPACE,
  UID,
  RESOURCE_VERSION,
  SERVICE_NAME,
  IMPORTED_SERVICE,
  SOURCE_CLUSTER,
  HEADLESS,
  TRIGGER_TIME,
  INITIAL_EVENTS_END,

  TYPE,
  CLUSTER_IP,
  CLUSTER_IPS,
  EXTERNAL_NAME,
  PORT,
  PORT_NAME,
  PROTOCOL,
  PORT_NUMBER,

  ENDPOINT,
  ADDRESS,
  READY,
  TERMINATING,
  HOSTNAME,
  TARGET_NAME,
  ZONE,

  SLICE_OBJECTS,

  PHASE,
  POD_IP,
  POD_IPS,

  /// A message on the way to a field that is kept; means nothing itself.
  PATH
}
