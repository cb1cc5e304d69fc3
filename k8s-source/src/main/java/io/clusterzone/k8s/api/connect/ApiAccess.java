package io.clusterzone.k8s.api.connect;

import java.nio.file.Path;
import java.util.List;

/// A way to the API server.
public sealed interface ApiAccess {
  /// From a pod: the service account's token, which is renewed on disk, and its CA.
  record InCluster() implements ApiAccess {}

  /// By a kubeconfig file; `context` is empty for its current one.
  record Kubeconfig(Path file, String context) implements ApiAccess {
    /// The names of the contexts of a file; none if it cannot be read.
    public static List<String> contexts(Path file) {
      return io.clusterzone.k8s.api.connect.Kubeconfig.contexts(file);
    }
  }

  /// At a URL; the PEM files of client certificate, key and CA are empty where there are none.
  record Endpoint(String url, String certificate, String key, String authority)
      implements ApiAccess {}
}
