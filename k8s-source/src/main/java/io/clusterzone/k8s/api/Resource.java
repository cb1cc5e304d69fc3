package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.model.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The request of one reflector: objects of a kind, in one namespace or all (empty), with selectors
/// (empty: none). `podNames`: whether endpoints keep the names of their Pods.
record Resource(
    Kind kind, String namespace, String labelSelector, String fieldSelector, boolean podNames) {
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String JSON = "application/json";
  private static final String METADATA = ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final int PAGE = 500;

  /// The name of the kind as permissions and logs have it.
  static String plural(Kind kind) {
    return switch (kind) {
      case NAMESPACE -> "namespaces";
      case SERVICE -> "services";
      case ENDPOINT_SLICE -> "endpointslices";
      case POD -> "pods";
      case SERVICE_IMPORT -> "serviceimports";
    };
  }

  /// The group as permissions have it, empty for the core group.
  static String apiGroup(Kind kind) {
    return switch (kind) {
      case NAMESPACE, SERVICE, POD -> "";
      case ENDPOINT_SLICE -> "discovery.k8s.io";
      case SERVICE_IMPORT -> "multicluster.x-k8s.io";
    };
  }

  private static String group(Kind kind) {
    return switch (kind) {
      case NAMESPACE, SERVICE, POD -> "/api/v1";
      case ENDPOINT_SLICE -> "/apis/discovery.k8s.io/v1";
      case SERVICE_IMPORT -> ImportVersions.GROUP + "/v1beta1";
    };
  }

  /// A page of the list; `next` is empty for the first. Without a resource version the server
  /// answers with its newest state, never an old one.
  Transport.Request list(String next) {
    return new Transport.Request(pagePath(next), accept(""), false);
  }

  Transport.Request listMetadata(String next) {
    return metadata(pagePath(next));
  }

  /// The least request that shows the resource version of the server's store. Without the labels:
  /// the first object will do, and none has to be searched for.
  Transport.Request newest() {
    return metadata(path("") + "limit=1");
  }

  private Transport.Request metadata(String path) {
    String both = accept(METADATA);
    return new Transport.Request(path, both.contains(PROTOBUF) ? both + "," + JSON : both, false);
  }

  private String pagePath(String next) {
    return path() + "limit=" + PAGE + (next.isEmpty() ? "" : "&continue=" + encode(next));
  }

  /// A watch for changes after this resource version.
  Transport.Request watch(String resourceVersion, long timeoutSeconds) {
    return new Transport.Request(
        watchPath(timeoutSeconds) + "&resourceVersion=" + encode(resourceVersion),
        accept(";stream=watch"),
        true);
  }

  /// All there is, then what changes (KEP-3157).
  Transport.Request watchList(long timeoutSeconds) {
    return new Transport.Request(
        watchPath(timeoutSeconds) + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan",
        accept(";stream=watch"),
        true);
  }

  private String watchPath(long timeoutSeconds) {
    return path() + "watch=1&allowWatchBookmarks=true&timeoutSeconds=" + timeoutSeconds;
  }

  private String path() {
    return path(labelSelector);
  }

  private String path(String labels) {
    String inNamespace = namespace.isEmpty() ? "" : "/namespaces/" + encode(namespace);
    return group(kind)
        + inNamespace
        + "/"
        + plural(kind)
        + "?"
        + (labels.isEmpty() ? "" : "labelSelector=" + encode(labels) + "&")
        + (fieldSelector.isEmpty() ? "" : "fieldSelector=" + encode(fieldSelector) + "&");
  }

  /// Custom resources have no protobuf.
  private String accept(String parameter) {
    String json = parameter.equals(METADATA) ? JSON + METADATA : JSON;
    return kind == Kind.SERVICE_IMPORT ? json : PROTOBUF + parameter + "," + json;
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return plural(kind)
        + (namespace.isEmpty() ? "" : " in namespace " + namespace)
        + (labelSelector.isEmpty() ? "" : " with " + labelSelector);
  }
}
