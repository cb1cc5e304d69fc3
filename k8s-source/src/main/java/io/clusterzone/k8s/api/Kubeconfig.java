package io.clusterzone.k8s.api;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// What a kubeconfig file says for one context.
///
/// @param config all but what follows, as the client library reads it
/// @param proxy the cluster's `proxy-url`; empty: none
/// @param serverName the cluster's `tls-server-name`, whom its certificate must name; empty: the
///   host of its URL
/// @param tokenFile the user's file with a token that is renewed; null: none
/// @param plugin the user's program that gives credentials; null: none
record Kubeconfig(
    Config config,
    String proxy,
    String serverName,
    @Nullable Path tokenFile,
    @Nullable ExecPlugin plugin) {
  private static final int MESSAGE_LINES = 2;

  /// Runs nothing yet.
  ///
  /// @throws IllegalArgumentException if the file or the context is not there, with the reason
  static Kubeconfig read(Path file, String context) {
    Path absolute = file.toAbsolutePath();
    try {
      String text = RegularFile.text(absolute, Limit.CONFIGURATION_OCTETS);
      return read(absolute, KubeConfigUtils.parseConfigFromString(text), context);
    } catch (IOException e) {
      throw new IllegalArgumentException("kubeconfig " + file + ": " + RegularFile.reason(e), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("kubeconfig " + file + ": " + reason(e), e);
    }
  }

  private static Kubeconfig read(
      Path file, io.fabric8.kubernetes.api.model.@Nullable Config model, String wanted) {
    if (model == null) {
      throw new IllegalArgumentException("it is empty");
    }
    NamedContext context = context(model, wanted);
    AuthInfo user = user(model, context.getContext());
    Path directory = file.resolveSibling(".");
    ExecConfig exec = user.getExec();
    String tokenFile = user.getTokenFile();
    String serverName = takeServerName(cluster(model, context.getContext()));
    user.setExec(null);
    user.setTokenFile(null);
    Files files = Files.take(cluster(model, context.getContext()), user, directory);
    model.setCurrentContext(context.getName());
    Config config = Config.fromKubeconfig(Serialization.asYaml(model));
    files.put(config);
    checkUrl(config.getMasterUrl());
    return new Kubeconfig(
        config,
        proxy(model, context.getContext()),
        serverName,
        tokenFile == null || tokenFile.isEmpty() ? null : directory.resolve(tokenFile),
        exec == null ? null : new ExecPlugin(exec, directory, ExecPlugin.PATIENCE));
  }

  /// A context that is not there must not become another cluster.
  private static NamedContext context(io.fabric8.kubernetes.api.model.Config model, String wanted) {
    String name = wanted.isEmpty() ? model.getCurrentContext() : wanted;
    List<NamedContext> all = model.getContexts() == null ? List.of() : model.getContexts();
    return all.stream()
        .filter(context -> context.getName().equals(name) && context.getContext() != null)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                (name == null || name.isEmpty() ? "no current context" : "no context " + name)
                    + all.stream()
                        .map(NamedContext::getName)
                        .collect(Collectors.joining(", ", "; there is ", ""))));
  }

  private static AuthInfo user(io.fabric8.kubernetes.api.model.Config model, Context context) {
    List<NamedAuthInfo> all = model.getUsers() == null ? List.of() : model.getUsers();
    return all.stream()
        .filter(user -> user.getName().equals(context.getUser()) && user.getUser() != null)
        .map(NamedAuthInfo::getUser)
        .findFirst()
        .orElseGet(AuthInfo::new);
  }

  private static String proxy(io.fabric8.kubernetes.api.model.Config model, Context context) {
    String url = cluster(model, context).getProxyUrl();
    return url == null ? "" : url;
  }

  /// The library knows it, and that its client over the JDK's does nothing with it.
  private static String takeServerName(Cluster cluster) {
    String name = cluster.getTlsServerName();
    cluster.setTlsServerName(null);
    return name == null ? "" : name;
  }

  private static Cluster cluster(io.fabric8.kubernetes.api.model.Config model, Context context) {
    List<NamedCluster> all = model.getClusters() == null ? List.of() : model.getClusters();
    return all.stream()
        .filter(cluster -> cluster.getName().equals(context.getCluster()))
        .map(NamedCluster::getCluster)
        .filter(cluster -> cluster != null && cluster.getServer() != null)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the cluster " + context.getCluster() + " of the context has no server"));
  }

  private static void checkUrl(String server) {
    if (URI.create(server).getHost() == null) {
      throw new IllegalArgumentException(server + " has no host; a server is https://HOST:PORT");
    }
  }

  /// The files that a context names, which the library must not open: it would wait for a FIFO.
  private record Files(
      @Nullable String authority, @Nullable String certificate, @Nullable String key) {
    /// Takes them out of the model. Paths are relative to the file that names them.
    static Files take(Cluster cluster, AuthInfo user, Path directory) {
      var files =
          new Files(
              absolute(cluster.getCertificateAuthority(), directory),
              absolute(user.getClientCertificate(), directory),
              absolute(user.getClientKey(), directory));
      cluster.setCertificateAuthority(null);
      user.setClientCertificate(null);
      user.setClientKey(null);
      return files;
    }

    void put(Config config) {
      config.setCaCertFile(authority);
      config.setClientCertFile(certificate);
      config.setClientKeyFile(key);
    }

    private static @Nullable String absolute(@Nullable String path, Path directory) {
      return path == null || path.isEmpty() ? null : directory.resolve(path).normalize().toString();
    }
  }

  /// One line, without the excerpt that a parser of YAML adds: a secret may stand there.
  private static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text =
        root instanceof IllegalArgumentException || root instanceof YamlEngineException
            ? String.valueOf(root.getMessage())
            : root.toString();
    return text.lines()
        .limit(MESSAGE_LINES)
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .replaceAll(":$", "");
  }
}
