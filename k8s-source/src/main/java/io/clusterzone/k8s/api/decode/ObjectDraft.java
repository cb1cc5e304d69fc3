package io.clusterzone.k8s.api.decode;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The kept fields of the object that is being read. Reused for the next one.
final class ObjectDraft {
  /// Elements of a list that are kept: ten times what the API server lets through.
  private static final int MAX_ELEMENTS = 10_000;

  private static final String NONE = "None";
  private static final String DEFAULT_PROTOCOL = "tcp";

  private final List<Port> ports = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<IpAddress> addresses = new ArrayList<>();
  private final List<IpAddress> ips = new ArrayList<>();

  private String service = "";
  private String importedService = "";
  private String cluster = "";
  private boolean headlessSlice;
  private String triggerTime = "";
  private String type = "";
  private String clusterIp = "";
  private boolean firstIpIsNone;
  private String externalName = "";
  private boolean slicesAbsent;
  private String phase = "";
  private String podIp = "";

  private String portName = "";
  private String protocol = DEFAULT_PROTOCOL;
  private int portNumber = Port.NO_NUMBER;

  private boolean ready = true;
  private boolean terminating;
  private String hostname = "";
  private String target = "";
  private String zone = "";

  private List<Port> lastPorts = List.of();

  void text(Slot slot, String value) {
    switch (slot) {
      case SERVICE_NAME -> service = value;
      case IMPORTED_SERVICE -> importedService = value;
      case SOURCE_CLUSTER -> cluster = value;
      case HEADLESS -> headlessSlice = true;
      case TRIGGER_TIME -> triggerTime = value;
      case TYPE -> type = value;
      case CLUSTER_IP -> clusterIp = value;
      case CLUSTER_IPS -> clusterIp(value);
      case EXTERNAL_NAME -> externalName = value;
      case PORT_NAME -> portName = value;
      case PROTOCOL -> protocol = value.toLowerCase(Locale.ROOT);
      case ADDRESS -> addAddress(addresses, value);
      case HOSTNAME -> hostname = value;
      case TARGET_NAME -> target = value;
      case ZONE -> zone = value;
      case SLICE_OBJECTS -> slicesAbsent = value.equals("Absent");
      case PHASE -> phase = value;
      case POD_IP -> podIp = value;
      case POD_IPS -> addAddress(ips, value);
      default -> {}
    }
  }

  void number(Slot slot, long value) {
    if (slot == Slot.PORT_NUMBER && value >= 0 && value <= Port.MAX_NUMBER) {
      portNumber = (int) value;
    }
  }

  void flag(Slot slot, boolean value) {
    switch (slot) {
      case READY -> ready = value;
      case TERMINATING -> terminating = value;
      default -> {}
    }
  }

  void begin(Slot slot) {
    switch (slot) {
      case PORT -> {
        portName = "";
        protocol = DEFAULT_PROTOCOL;
        portNumber = Port.NO_NUMBER;
      }
      case ENDPOINT -> {
        addresses.clear();
        ready = true;
        terminating = false;
        hostname = "";
        target = "";
        zone = "";
      }
      default -> {}
    }
  }

  void end(Slot slot) {
    switch (slot) {
      case PORT -> {
        if (ports.size() < MAX_ELEMENTS) {
          ports.add(new Port(portName, protocol, portNumber));
        }
      }
      case ENDPOINT -> {
        if (!addresses.isEmpty() && endpoints.size() < MAX_ELEMENTS) {
          endpoints.add(new Endpoint(addresses, ready, terminating, hostname, target, zone));
        }
      }
      default -> {}
    }
  }

  private void clusterIp(String value) {
    if (ips.isEmpty() && value.equals(NONE)) {
      firstIpIsNone = true;
    }
    addAddress(ips, value);
  }

  /// Adds what is an address; an endpoint may also have a domain name, which DNS does not use.
  private static void addAddress(List<IpAddress> to, String text) {
    if (to.size() < MAX_ELEMENTS && looksLikeAnAddress(text)) {
      IpAddress address = IpAddress.tryParse(text);
      if (address != null) { // The API server lets no other text through where it matters.
        to.add(address);
      }
    }
  }

  private static boolean looksLikeAnAddress(String text) {
    return !text.isEmpty()
        && (text.indexOf(':') >= 0 || Character.digit(text.charAt(text.length() - 1), 10) >= 0);
  }

  /// The object, or null if DNS does not look at it: a Pod that has ended.
  @Nullable ClusterObject build(Kind kind, ObjectKey key) {
    return switch (kind) {
      case NAMESPACE -> new ClusterObject.Namespace(key.name());
      case SERVICE -> service(key);
      case ENDPOINT_SLICE ->
          new ClusterObject.EndpointSlice(
              key, service, importedService, cluster, endpoints, sharedPorts());
      case POD -> pod(key);
      case SERVICE_IMPORT ->
          new ClusterObject.ServiceImport(
              key, type.equals("Headless"), slicesAbsent, ips, sharedPorts());
    };
  }

  private ClusterObject.Service service(ObjectKey key) {
    if (ips.isEmpty() && !firstIpIsNone) {
      clusterIp(clusterIp);
    }
    boolean external = type.equals("ExternalName");
    var serviceType =
        external
            ? ClusterObject.Service.Type.EXTERNAL_NAME
            : firstIpIsNone
                ? ClusterObject.Service.Type.HEADLESS
                : ClusterObject.Service.Type.CLUSTER_IP;
    return new ClusterObject.Service(
        key, serviceType, ips, sharedPorts(), external ? externalName : "");
  }

  private ClusterObject.@Nullable Pod pod(ObjectKey key) {
    if (phase.equals("Succeeded") || phase.equals("Failed") || phase.equals("Unknown")) {
      return null;
    }
    if (ips.isEmpty()) {
      addAddress(ips, podIp);
    }
    return new ClusterObject.Pod(key, ips);
  }

  /// Neighbours in a list mostly have the same ports: one list serves them all.
  private List<Port> sharedPorts() {
    if (!lastPorts.equals(ports)) {
      lastPorts = List.copyOf(ports);
    }
    return lastPorts;
  }

  /// The annotation of a headless Service's slice; empty elsewhere.
  String triggerTime() {
    return headlessSlice ? triggerTime : "";
  }

  void reset() {
    ports.clear();
    endpoints.clear();
    addresses.clear();
    ips.clear();
    service = "";
    importedService = "";
    cluster = "";
    headlessSlice = false;
    triggerTime = "";
    type = "";
    clusterIp = "";
    firstIpIsNone = false;
    externalName = "";
    slicesAbsent = false;
    phase = "";
    podIp = "";
  }
}
