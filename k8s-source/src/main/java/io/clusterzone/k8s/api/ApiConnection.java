package io.clusterzone.k8s.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Makes the HTTP client for an [ApiAccess].
///
/// HTTP/1.1, so that each watch has a connection of its own: one that hangs or is held back does so
/// alone, and TCP's window is all that is buffered.
final class ApiConnection {
  static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);

  private ApiConnection() {}

  /// A transport and the host it goes to.
  record Opened(Transport transport, String host) {}

  /// Nothing is sent yet.
  ///
  /// @throws IllegalArgumentException if the access cannot be used, with what is wrong
  static Opened open(ApiAccess access) {
    return open(config(access, System.getenv(), SERVICE_ACCOUNT));
  }

  static Opened open(Config config) {
    String server = config.getMasterUrl().replaceAll("/+$", "");
    try {
      HttpClient client = new JdkHttpClientFactory().newBuilder(config).preferHttp11().build();
      return new Opened(
          new HttpTransport(client, server, HEAD_TIMEOUT), URI.create(server).getAuthority());
    } catch (KubernetesClientException e) {
      throw new IllegalArgumentException("cannot connect to " + server + ": " + rootOf(e), e);
    }
  }

  static Config config(ApiAccess access, Map<String, String> environment, Path serviceAccount) {
    Config config =
        switch (access) {
          case ApiAccess.InCluster _ -> inCluster(environment, serviceAccount);
          case ApiAccess.Kubeconfig(var file, var context) -> kubeconfig(file, context);
          case ApiAccess.Endpoint endpoint -> endpoint(endpoint);
        };
    // Retries are the reflector's business: it knows when to list again.
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout((int) CONNECT_TIMEOUT.toMillis());
    config.setUserAgent("clusterzone");
    return config;
  }

  private static Config inCluster(Map<String, String> environment, Path serviceAccount) {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    Path token = serviceAccount.resolve("token");
    if (host.isEmpty() || !Files.isReadable(token)) {
      throw new IllegalArgumentException(
          "not in a cluster: KUBERNETES_SERVICE_HOST or "
              + token
              + " is missing; name a kubeconfig file, an endpoint or manifests");
    }
    Config config = Config.empty();
    config.setMasterUrl(
        "https://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
    config.setCaCertFile(serviceAccount.resolve("ca.crt").toString());
    config.setOauthTokenProvider(() -> read(token));
    return config;
  }

  /// Read for each request: a bound token is replaced about once an hour.
  private static String read(Path token) {
    try {
      return Files.readString(token).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Config kubeconfig(Path file, String context) {
    try {
      String wanted = context.isEmpty() ? null : context;
      return Config.fromKubeconfig(wanted, file.toFile());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("kubeconfig " + file + ": " + rootOf(e), e);
    }
  }

  private static Config endpoint(ApiAccess.Endpoint endpoint) {
    Config config = Config.empty();
    config.setMasterUrl(endpoint.url());
    if (!endpoint.certificate().isEmpty()) {
      config.setClientCertFile(endpoint.certificate());
      config.setClientKeyFile(endpoint.key());
    }
    if (!endpoint.authority().isEmpty()) {
      config.setCaCertFile(endpoint.authority());
    }
    return config;
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
