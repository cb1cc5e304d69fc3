package io.clusterzone.dns.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// The check that an API server makes of an object with strict validation: a version and kind that
/// it knows, no field that it does not, no number in the place of a text, and nothing missing that
/// has to be there.
final class StrictObjects {
  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Namespace", Namespace.class),
          Map.entry("v1 Pod", Pod.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1 DaemonSet", DaemonSet.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("rbac.authorization.k8s.io/v1 ClusterRole", ClusterRole.class),
          Map.entry("rbac.authorization.k8s.io/v1 ClusterRoleBinding", ClusterRoleBinding.class),
          Map.entry("rbac.authorization.k8s.io/v1 Role", Role.class),
          Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class),
          Map.entry("monitoring.coreos.com/v1 ServiceMonitor", Monitoring.ServiceMonitor.class),
          Map.entry("monitoring.coreos.com/v1 PodMonitor", Monitoring.PodMonitor.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", Monitoring.PrometheusRule.class));

  /// The fields that an API server misses in an object or in an element of a list: by its path in
  /// objects of a kind, or by its last step in all.
  private static final Map<String, Set<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("containers", Set.of("name", "image")),
          Map.entry("initContainers", Set.of("name", "image")),
          Map.entry("env", Set.of("name")),
          Map.entry("volumes", Set.of("name")),
          Map.entry("volumeMounts", Set.of("name", "mountPath")),
          Map.entry("httpGet", Set.of("port")),
          Map.entry("hostPath", Set.of("path")),
          Map.entry("sysctls", Set.of("name", "value")),
          Map.entry("seccompProfile", Set.of("type")),
          Map.entry("template", Set.of("metadata", "spec")),
          Map.entry(
              "topologySpreadConstraints", Set.of("maxSkew", "topologyKey", "whenUnsatisfiable")),
          Map.entry("roleRef", Set.of("apiGroup", "kind", "name")),
          Map.entry("subjects", Set.of("kind", "name")),
          Map.entry("scaleTargetRef", Set.of("kind", "name")),
          Map.entry("metrics", Set.of("type")),
          Map.entry("Deployment spec", Set.of("selector", "template")),
          Map.entry("DaemonSet spec", Set.of("selector", "template")),
          Map.entry("Pod spec", Set.of("containers")),
          Map.entry("Service spec", Set.of("ports")),
          Map.entry("HorizontalPodAutoscaler spec", Set.of("scaleTargetRef", "maxReplicas")),
          Map.entry("NetworkPolicy spec", Set.of("podSelector")),
          Map.entry("PodDisruptionBudget spec", Set.of("selector")),
          Map.entry("ServiceMonitor spec", Set.of("selector", "endpoints")),
          Map.entry("PodMonitor spec", Set.of("selector", "podMetricsEndpoints")),
          Map.entry("ClusterRole rules", Set.of("verbs", "resources", "apiGroups")),
          Map.entry("Role rules", Set.of("verbs", "resources", "apiGroups")),
          Map.entry("Service spec ports", Set.of("port", "name")),
          Map.entry("Deployment spec template spec containers ports", Set.of("containerPort")),
          Map.entry("groups", Set.of("name", "rules")));

  private static final JsonMapper MAPPER = mapper();

  private StrictObjects() {}

  /// The faults of an object, as lines for a person.
  static List<String> faults(Map<String, Object> object) {
    var faults = new ArrayList<String>();
    String kind = object.get("apiVersion") + " " + object.get("kind");
    Class<?> type = KINDS.get(kind);
    if (type == null) {
      return List.of("no such kind: " + kind);
    }
    try {
      MAPPER.convertValue(object, type);
    } catch (JacksonException e) {
      faults.add(kind + ": " + e.getMessage());
    }
    walk(String.valueOf(object.get("kind")), object, faults);
    if (Tree.text(object, "metadata name").isEmpty()) {
      faults.add(kind + " without a name");
    }
    return faults;
  }

  private static void walk(String path, Object node, List<String> faults) {
    switch (node) {
      case List<?> list -> list.forEach(element -> walk(path, element, faults));
      case Map<?, ?> map -> {
        required(path)
            .filter(field -> !map.containsKey(field))
            .forEach(field -> faults.add(path + " without " + field + ": " + map));
        map.forEach((field, value) -> walk(path + " " + field, value, faults));
      }
      case null -> faults.add(path + " is null");
      default -> {} // A scalar, which has no fields.
    }
  }

  private static Stream<String> required(String path) {
    String field = path.substring(path.lastIndexOf(' ') + 1);
    Set<String> anywhere =
        path.equals(field) ? Set.of("metadata") : REQUIRED.getOrDefault(field, Set.of());
    return Stream.concat(anywhere.stream(), REQUIRED.getOrDefault(path, Set.of()).stream())
        .distinct();
  }

  /// The models of the client keep fields they do not know; without that they are errors.
  private static JsonMapper mapper() {
    var closed =
        new JacksonAnnotationIntrospector() {
          private static final long serialVersionUID = 1L;

          @Override
          public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
            return false;
          }
        };
    return JsonMapper.builder()
        .annotationIntrospector(closed)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .withCoercionConfig(
            LogicalType.Textual,
            texts -> {
              texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
              texts.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
        .build();
  }
}
