package io.clusterzone.k8s.api.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterzone.k8s.api.connect.RenewedTransport.Route;
import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.text.ServerUrl;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the HTTP client for an [ApiAccess].
///
/// HTTP/1.1, so that each watch has a connection of its own: one that hangs or is held back does so
/// alone, and TCP's window is all that is buffered.
public final class ApiConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ApiConnection.class);
  static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);

  private ApiConnection() {}

  /// A transport, and the host that it goes to now.
  public record Opened(Transport transport, Supplier<String> host) {}

  /// Nothing is sent yet, and no program is run.
  ///
  /// @throws IllegalArgumentException if the access cannot be used, with what is wrong
  public static Opened open(ApiAccess access) {
    return open(access, System.getenv(), SERVICE_ACCOUNT);
  }

  public static Opened open(
      ApiAccess access, Map<String, String> environment, Path serviceAccount) {
    var opener = new Opener(access, environment, serviceAccount);
    Kubeconfig read = opener.read();
    if (read.withheld()) {
      LOG.warn(
          "{}: without TLS no credentials are sent; write https:// for the server in the"
              + " kubeconfig",
          read.config().getMasterUrl());
    }
    var transport = new RenewedTransport(opener, route(read), Timing.SYSTEM);
    return new Opened(transport, () -> URI.create(transport.server()).getAuthority());
  }

  private record Opener(ApiAccess access, Map<String, String> environment, Path serviceAccount)
      implements RenewedTransport.Opener {
    @Override
    public RenewedTransport.Made open() throws IOException {
      return connect(readAgain());
    }

    @Override
    public Route route() throws IOException {
      return ApiConnection.route(readAgain());
    }

    private Kubeconfig read() {
      return ApiConnection.read(access, environment, serviceAccount);
    }

    private Kubeconfig readAgain() throws IOException {
      try {
        return read();
      } catch (IllegalArgumentException e) {
        throw new CredentialsException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static Route route(Kubeconfig read) {
    return new Route(read.config().getMasterUrl().replaceAll("/+$", ""), read.proxy());
  }

  private static RenewedTransport.Made connect(Kubeconfig read) throws IOException {
    Config config = read.config();
    Route route = route(read);
    ExecPlugin plugin = read.plugin();
    Instant expires = plugin == null ? Instant.MAX : identify(config, plugin);
    KeyManager[] identity = ClientIdentity.take(config);
    readAuthority(config);
    try {
      HttpClient client = client(config, identity, read.serverName());
      return new RenewedTransport.Made(
          new HttpTransport(client, route.server(), HEAD_TIMEOUT), route, expires);
    } catch (KubernetesClientException | GeneralSecurityException e) {
      throw Unreachable.failure(route.server(), e);
    }
  }

  /// Puts the authority's certificates in the place of the file that holds them.
  private static void readAuthority(Config config) throws CredentialsException {
    String file = config.getCaCertFile();
    String given = config.getCaCertData();
    if (file == null || file.isEmpty() || (given != null && !given.isEmpty())) {
      return;
    }
    try {
      byte[] octets = RegularFile.octets(Path.of(file), Limit.CONFIGURATION_OCTETS);
      config.setCaCertData(Base64.getEncoder().encodeToString(octets));
      config.setCaCertFile(null);
    } catch (IOException e) {
      throw new CredentialsException(
          file + ": the authority cannot be read: " + RegularFile.reason(e), e);
    }
  }

  private static HttpClient client(Config config, KeyManager @Nullable [] identity, String name)
      throws GeneralSecurityException, IOException {
    boolean named = !name.isEmpty() && !config.isTrustCerts();
    HttpClient.Builder builder =
        NamedServer.clients(named ? name : "").newBuilder(config).preferHttp11();
    if (named) {
      builder.sslContext(identity, NamedServer.trusting(name, SSLUtils.trustManagers(config)));
    } else if (identity != null) {
      builder.sslContext(identity, SSLUtils.trustManagers(config));
    }
    return builder.build();
  }

  /// Reads the access anew. Retries are the reflector's business: it knows when to list again.
  ///
  /// @throws IllegalArgumentException if it cannot be used, with what is wrong
  public static Kubeconfig read(
      ApiAccess access, Map<String, String> environment, Path serviceAccount) {
    Kubeconfig read =
        switch (access) {
          case ApiAccess.InCluster _ ->
              new Kubeconfig(
                  inCluster(environment, serviceAccount),
                  "",
                  "",
                  serviceAccount.resolve("token"),
                  null,
                  false);
          case ApiAccess.Kubeconfig(var file, var context) -> Kubeconfig.read(file, context);
          case ApiAccess.Endpoint endpoint ->
              new Kubeconfig(endpoint(endpoint), "", "", null, null, false);
        };
    Config config = read.config();
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout((int) CONNECT_TIMEOUT.toMillis());
    config.setUserAgent("clusterzone");
    setTokens(read);
    setProxy(config, read.proxy(), environment);
    return read;
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
    return config;
  }

  /// Sets the credentials of each request. A token file is read for each: a bound token is replaced
  /// about once an hour. The library reads the whole file again for users without a token that it
  /// finds.
  private static void setTokens(Kubeconfig read) {
    Config config = read.config();
    Path file = read.tokenFile();
    ExecPlugin plugin = read.plugin();
    if (file != null) {
      config.setOauthTokenProvider(() -> token(file));
    } else if (plugin != null) {
      config.setOauthTokenProvider(() -> token(plugin));
    } else if (config.getAuthProvider() == null) {
      String token = config.getAutoOAuthToken();
      config.setOauthTokenProvider(() -> token == null ? "" : sendable(token, "the kubeconfig"));
    }
  }

  private static String token(Path file) {
    try {
      return sendable(RegularFile.text(file, Limit.CONFIGURATION_OCTETS).strip(), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(new CredentialsException("the token cannot be read: " + e, e));
    }
  }

  private static String token(ExecPlugin plugin) {
    try {
      return sendable(plugin.get(Instant.now()).token(), "the credential plugin");
    } catch (CredentialsException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A header takes visible ASCII alone (RFC 6750 section 2.1); the client library quotes other
  /// text in its refusal.
  private static String sendable(String token, String from) {
    if (token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return token;
    }
    throw new UncheckedIOException(
        new CredentialsException(
            "the token of " + from + " has characters that no token has; write it anew"));
  }

  /// The certificate of a plugin, and until when it serves.
  private static Instant identify(Config config, ExecPlugin plugin) throws CredentialsException {
    ExecPlugin.Credentials given = plugin.get(Instant.now());
    if (given.certificate().isEmpty()) {
      return Instant.MAX;
    }
    config.setClientCertData(base64(given.certificate()));
    config.setClientKeyData(base64(given.key()));
    return given.expires();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /// The cluster's proxy, whatever scheme it or the server has, or else that of the environment.
  private static void setProxy(Config config, String proxy, Map<String, String> environment) {
    boolean own = !proxy.isEmpty();
    config.setHttpProxy(proxy(own ? proxy : variable(environment, "HTTP_PROXY")));
    config.setHttpsProxy(proxy(own ? proxy : variable(environment, "HTTPS_PROXY")));
    String excepted = variable(environment, "NO_PROXY");
    config.setNoProxy(own || excepted == null ? null : excepted.split(" *, *", -1));
  }

  private static @Nullable String proxy(@Nullable String url) {
    try {
      return url == null ? null : ServerUrl.proxy(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the proxy " + e.getMessage());
    }
  }

  private static @Nullable String variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    value = value == null ? environment.get(name.toLowerCase(Locale.ROOT)) : value;
    return value == null || value.isEmpty() ? null : value;
  }

  private static Config endpoint(ApiAccess.Endpoint endpoint) {
    Config config = Config.empty();
    config.setMasterUrl(ServerUrl.server(endpoint.url()));
    if (!endpoint.certificate().isEmpty()) {
      config.setClientCertFile(endpoint.certificate());
      config.setClientKeyFile(endpoint.key());
    }
    if (!endpoint.authority().isEmpty()) {
      config.setCaCertFile(endpoint.authority());
    }
    return config;
  }
}
