package io.clusterzone.k8s.source;

/// Manifests as tests need them often; all in namespace `shop`.
final class Texts {
  private Texts() {}

  /// A ClusterIP Service without a selector.
  static String service(String name, String clusterIp) {
    return """
    apiVersion: v1
    kind: Service
    metadata:
      name: %s
      namespace: shop
    spec:
      clusterIP: %s
      ports:
      - {name: http, port: 80}
    """
        .formatted(name, clusterIp);
  }

  /// A headless Service that selects `app: NAME`.
  static String headless(String name) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %s, namespace: shop}
    spec:
      clusterIP: None
      selector: {app: %s}
      ports:
      - {name: http, port: 80, targetPort: 8080}
    """
        .formatted(name, name);
  }

  /// A ready Pod with one address and the label `app: APP`.
  static String pod(String name, String app, String address) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: shop, labels: {app: %s}}
    spec: {}
    status:
      phase: Running
      conditions: [{type: Ready, status: "True"}]
      podIPs: [{ip: "%s"}]
    """
        .formatted(name, app, address);
  }
}
