package io.clusterzone.k8s.source.yaml;

import java.util.Set;

/// The names of fields that the object readers look at, whatever the kind. All others are skipped
/// while the file is read, so a file costs no more memory than its parts of use to DNS.
public final class WantedFields {
  public static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

  private static final Set<String> WANTED =
      Set.of(
          // Any object, and lists of them
          "apiVersion",
          "kind",
          "items",
          "metadata",
          "name",
          "namespace",
          "labels",
          "annotations",
          "deletionTimestamp",
          "ownerReferences",
          "controller",
          LEADER,
          "spec",
          "status",
          // Service, ServiceImport
          "type",
          "clusterIP",
          "clusterIPs",
          "ipFamilies",
          "ipFamilyPolicy",
          "selector",
          "externalName",
          "publishNotReadyAddresses",
          "ports",
          "port",
          "targetPort",
          "protocol",
          "ips",
          "endpointSliceObjects",
          // EndpointSlice, Endpoints
          "addressType",
          "endpoints",
          "addresses",
          "conditions",
          "ready",
          "terminating",
          "hostname",
          "targetRef",
          "zone",
          "subsets",
          "notReadyAddresses",
          "ip",
          // Pod
          "podIP",
          "podIPs",
          "phase",
          "nodeName",
          "subdomain",
          "containers",
          "initContainers",
          "restartPolicy",
          "containerPort",
          // Workloads and their autoscalers
          "replicas",
          "template",
          "serviceName",
          "ordinals",
          "start",
          "scaleTargetRef",
          "minReplicas");

  /// Fields whose content is kept whole: maps with keys of the author's own.
  private static final Set<String> WHOLE = Set.of("labels", "selector");

  private WantedFields() {}

  static boolean wants(String field) {
    return WANTED.contains(field);
  }

  static boolean wantsWhole(String field) {
    return WHOLE.contains(field);
  }
}
