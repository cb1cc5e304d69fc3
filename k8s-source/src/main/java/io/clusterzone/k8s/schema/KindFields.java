package io.clusterzone.k8s.schema;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The possible fields of one part of an object, in Kubernetes 1.34 and older versions.
///
/// @param closed whether a field that is not among them is wrong; else only one that is spelt
///   nearly like one of them is, as new versions add some
public record KindFields(Set<String> names, boolean closed) {
  private static final KindFields ANYTHING = new KindFields(Set.of(), false);

  private static final String OBJECT = "apiVersion kind metadata";

  /// By kind and path.
  private static final Map<String, KindFields> PARTS =
      Map.ofEntries(
          closed("Service", OBJECT + " spec status"),
          closed(
              "Service spec",
              """
              ports selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP
              loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort
              publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy ipFamily
              allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy
              trafficDistribution topologyKeys\
              """),
          closed("Service spec ports", "name protocol appProtocol port targetPort nodePort"),
          closed("EndpointSlice", OBJECT + " addressType endpoints ports"),
          closed(
              "EndpointSlice endpoints",
              "addresses conditions hostname targetRef deprecatedTopology topology nodeName zone"
                  + " hints"),
          closed("EndpointSlice ports", "name protocol port appProtocol"),
          closed("Endpoints", OBJECT + " subsets"),
          closed("Endpoints subsets", "addresses notReadyAddresses ports"),
          closed("Endpoints subsets addresses", "ip hostname nodeName targetRef"),
          closed("Namespace", OBJECT + " spec status"),
          closed("Node", OBJECT + " spec status"),
          closed("Pod", OBJECT + " spec status"),
          open(
              "Pod spec",
              """
              containers initContainers ephemeralContainers volumes restartPolicy
              terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector
              serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork
              hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname
              subdomain affinity schedulerName tolerations hostAliases priorityClassName priority
              dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead
              topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates
              resourceClaims resources hostnameOverride\
              """),
          open("Deployment", OBJECT + " spec status"),
          open(
              "Deployment spec",
              """
              replicas selector template strategy minReadySeconds revisionHistoryLimit paused
              progressDeadlineSeconds\
              """),
          open("StatefulSet", OBJECT + " spec status"),
          open(
              "StatefulSet spec",
              """
              replicas selector template volumeClaimTemplates serviceName podManagementPolicy
              updateStrategy revisionHistoryLimit minReadySeconds
              persistentVolumeClaimRetentionPolicy ordinals\
              """),
          open("DaemonSet", OBJECT + " spec status"),
          open(
              "DaemonSet spec",
              "selector template updateStrategy minReadySeconds revisionHistoryLimit"),
          open("ServiceImport", OBJECT + " spec status"),
          open("ServiceImport spec", "ports ips type sessionAffinity sessionAffinityConfig"));

  private static final KindFields METADATA =
      new KindFields(
          words(
              """
              name generateName namespace selfLink uid resourceVersion generation
              creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations
              ownerReferences finalizers managedFields clusterName\
              """),
          true);

  private static final Set<String> ALL = all();

  /// The fields of one part, such as `Service spec ports`; of any part that is not known, anything.
  public static KindFields of(String part) {
    return part.endsWith(" metadata") ? METADATA : PARTS.getOrDefault(part, ANYTHING);
  }

  /// Whether some part has a field of this name.
  public static boolean isKnown(String name) {
    return ALL.contains(name);
  }

  public boolean isAnything() {
    return names.isEmpty();
  }

  private static Map.Entry<String, KindFields> closed(String part, String names) {
    return Map.entry(part, new KindFields(words(names), true));
  }

  private static Map.Entry<String, KindFields> open(String part, String names) {
    return Map.entry(part, new KindFields(words(names), false));
  }

  private static Set<String> words(String names) {
    return Set.copyOf(List.of(names.split("\\s+", -1)));
  }

  private static Set<String> all() {
    Set<String> all = new HashSet<>(METADATA.names);
    PARTS.values().forEach(part -> all.addAll(part.names));
    all.addAll(Arrays.asList("status", "spec"));
    return Set.copyOf(all);
  }
}
