package io.clusterzone.k8s.source;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the manifests of a big cluster as `kubectl get -o yaml` prints them: Services in 500
/// namespaces, one in ten headless, each with a slice of ten endpoints.
final class BigCluster {
  private static final int ENDPOINTS = 10;

  private BigCluster() {}

  /// One file for each Service and its slice.
  static void writeFiles(Path directory, int services) throws IOException {
    for (int i = 0; i < services; i++) {
      Path file = directory.resolve("ns%03d/web%05d.yaml".formatted(i % 500, i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, service(i, 1, "") + "---\n" + slice(i, ""));
    }
  }

  /// One `List` of everything.
  static void writeList(Path file, int services) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("apiVersion: v1\nitems:\n");
      for (int i = 0; i < services; i++) {
        out.write("- " + service(i, 1, "  ").stripLeading());
        out.write("- " + slice(i, "  ").stripLeading());
      }
      out.write("kind: List\nmetadata:\n  resourceVersion: \"\"\n");
    }
  }

  static String service(int i, int port, String indent) {
    String clusterIp =
        i % 10 == 0 ? "None" : "10.%d.%d.%d".formatted(96 + i / 60_000, i / 250 % 240, i % 250 + 1);
    return """
    apiVersion: v1
    kind: Service
    metadata:
      annotations:
        kubectl.kubernetes.io/last-applied-configuration: |
          {"apiVersion":"v1","kind":"Service","metadata":{"annotations":{},"name":"web%05d"}}
      creationTimestamp: "2026-11-01T10:11:12Z"
      labels:
        app.kubernetes.io/name: web
        app.kubernetes.io/instance: web%05d
      name: web%05d
      namespace: ns%03d
      resourceVersion: "1234567"
      uid: 0d5b6f3e-7e2b-4a7f-9d1c-0000000%05d
    spec:
      clusterIP: %s
      clusterIPs:
      - %s
      internalTrafficPolicy: Cluster
      ipFamilies:
      - IPv4
      ipFamilyPolicy: SingleStack
      ports:
      - name: http
        port: %d
        protocol: TCP
        targetPort: 8080
      selector:
        app.kubernetes.io/instance: web%05d
      sessionAffinity: None
      type: ClusterIP
    status:
      loadBalancer: {}
    """
        .formatted(i, i, i, i % 500, i, clusterIp, clusterIp, port, i)
        .indent(indent.length());
  }

  private static String slice(int i, String indent) {
    var text =
        new StringBuilder(
            """
            addressType: IPv4
            apiVersion: discovery.k8s.io/v1
            endpoints:
            """);
    for (int e = 0; e < ENDPOINTS; e++) {
      int n = i * ENDPOINTS + e;
      text.append(
          """
          - addresses:
            - 10.%d.%d.%d
            conditions:
              ready: true
              serving: true
              terminating: false
            nodeName: node-%d
            targetRef:
              kind: Pod
              name: web%05d-6d5f8b7c9-%05d
              namespace: ns%03d
              uid: 6a1c2e44-91ab-4c4c-8a67-000000%06d
            zone: eu-central-1%s
          """
              .formatted(
                  128 + n / 65_536,
                  n / 256 % 256,
                  n % 256,
                  n % 100,
                  i,
                  n % 100_000,
                  i % 500,
                  n,
                  "abc".charAt(n % 3)));
    }
    return text.append(
            """
            kind: EndpointSlice
            metadata:
              generateName: web%05d-
              generation: 7
              labels:
                app.kubernetes.io/name: web
                endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io
                kubernetes.io/service-name: web%05d
              name: web%05d-x7k2p
              namespace: ns%03d
              ownerReferences:
              - apiVersion: v1
                blockOwnerDeletion: true
                controller: true
                kind: Service
                name: web%05d
                uid: 0d5b6f3e-7e2b-4a7f-9d1c-0000000%05d
              resourceVersion: "1234568"
              uid: 4f7a9c11-5d6e-4b8a-b3f2-0000000%05d
            ports:
            - name: http
              port: 8080
              protocol: TCP
            """
                .formatted(i, i, i, i % 500, i, i, i))
        .toString()
        .indent(indent.length());
  }
}
