package io.clusterzone.k8s.api.connect;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.text.ServerUrl;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.DatabindException;

/// The part of a kubeconfig file for one context.
///
/// @param config all but what follows, as the client library reads it
/// @param proxy the cluster's `proxy-url`; empty: none
/// @param serverName the cluster's `tls-server-name`, the name its certificate must have; empty:
///   the host of its URL
/// @param tokenFile the user's file with a token that is renewed; null: none
/// @param plugin the user's program that gives credentials; null: none
/// @param withheld whether the user has credentials that are not shown, since the server's URL says
///   that there is no TLS: anyone on the way could take them, and kubectl sends none either
public record Kubeconfig(
    Config config,
    String proxy,
    String serverName,
    @Nullable Path tokenFile,
    @Nullable ExecPlugin plugin,
    boolean withheld) {
  /// A fault in words of our own. A parser's words may quote the file, secrets and all.
  private static final class UnusableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnusableException(String message) {
      super(message);
    }
  }

  /// Runs nothing yet.
  ///
  /// @throws IllegalArgumentException if the file or the context is not there, with the reason
  public static Kubeconfig read(Path file, String context) {
    Path absolute = file.toAbsolutePath();
    try {
      String text = RegularFile.text(absolute, Limit.CONFIGURATION_OCTETS);
      return read(absolute, parse(text), context);
    } catch (IOException e) {
      throw new IllegalArgumentException("kubeconfig " + file + ": " + RegularFile.reason(e), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("kubeconfig " + file + ": " + reason(e), e);
    }
  }

  /// The names of all contexts, to choose one from; none if the file cannot be read.
  static List<String> contexts(Path file) {
    try {
      var model = parse(RegularFile.text(file.toAbsolutePath(), Limit.CONFIGURATION_OCTETS));
      List<NamedContext> all = model == null ? List.of() : contexts(model);
      return all.stream().map(NamedContext::getName).filter(Objects::nonNull).toList();
    } catch (IOException | RuntimeException _) {
      return List.of();
    }
  }

  private static List<NamedContext> contexts(io.fabric8.kubernetes.api.model.Config model) {
    return model.getContexts() == null ? List.of() : model.getContexts();
  }

  /// Null if there is nothing in the text.
  private static io.fabric8.kubernetes.api.model.@Nullable Config parse(String text) {
    return Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
  }

  private static Kubeconfig read(
      Path file, io.fabric8.kubernetes.api.model.@Nullable Config model, String wanted) {
    if (model == null) {
      throw new UnusableException("it is empty");
    }
    NamedContext context = context(model, wanted);
    Cluster cluster = cluster(model, context.getContext());
    cluster.setServer(server(cluster.getServer()));
    boolean plain = ServerUrl.isPlain(cluster.getServer());
    AuthInfo given = user(model, context.getContext());
    AuthInfo user = plain ? new AuthInfo() : given;
    Path directory = file.resolveSibling(".");
    ExecConfig exec = user.getExec();
    String tokenFile = user.getTokenFile();
    String serverName = takeServerName(cluster);
    user.setExec(null);
    user.setTokenFile(null);
    Files files = Files.take(cluster, user, directory);
    model.setUsers(List.of(new NamedAuthInfo(context.getContext().getUser(), user)));
    model.setCurrentContext(context.getName());
    Config config = Config.fromKubeconfig(Serialization.asYaml(model));
    files.put(config);
    String proxy = cluster.getProxyUrl();
    return new Kubeconfig(
        config,
        proxy == null ? "" : proxy,
        serverName,
        tokenFile == null || tokenFile.isEmpty() ? null : directory.resolve(tokenFile),
        exec == null ? null : new ExecPlugin(exec, directory, ExecPlugin.PATIENCE),
        plain && !given.equals(user));
  }

  private static String server(String text) {
    try {
      return ServerUrl.server(text);
    } catch (IllegalArgumentException e) {
      throw new UnusableException(String.valueOf(e.getMessage()));
    }
  }

  /// A context that is not there must not become another cluster.
  private static NamedContext context(io.fabric8.kubernetes.api.model.Config model, String wanted) {
    String name = wanted.isEmpty() ? model.getCurrentContext() : wanted;
    List<NamedContext> all = contexts(model);
    return all.stream()
        .filter(context ->
            name != null && name.equals(context.getName()) && context.getContext() != null)
        .findFirst()
        .orElseThrow(() ->
            new UnusableException(
                (name == null || name.isEmpty() ? "no current context" : "no context " + name)
                    + all.stream()
                        .map(NamedContext::getName)
                        .collect(Collectors.joining(", ", "; there is ", ""))));
  }

  private static AuthInfo user(io.fabric8.kubernetes.api.model.Config model, Context context) {
    List<NamedAuthInfo> all = model.getUsers() == null ? List.of() : model.getUsers();
    return all.stream()
        .filter(user -> Objects.equals(user.getName(), context.getUser()) && user.getUser() != null)
        .map(NamedAuthInfo::getUser)
        .findFirst()
        .orElseGet(AuthInfo::new);
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
        .filter(cluster -> Objects.equals(cluster.getName(), context.getCluster()))
        .map(NamedCluster::getCluster)
        .filter(cluster -> cluster != null && cluster.getServer() != null)
        .findFirst()
        .orElseThrow(() ->
            new UnusableException(
                "the cluster " + context.getCluster() + " of the context has no server"));
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

  /// The fault, without any text of the file: it may be a secret, wherever it is.
  private static String reason(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnusableException known -> {
          return String.valueOf(known.getMessage());
        }
        case MarkedYamlEngineException yaml -> {
          return "neither YAML nor JSON" + yaml.getProblemMark().map(Kubeconfig::place).orElse("");
        }
        case DatabindException field -> {
          return path(field) + " is not what is expected there";
        }
        case JacksonException json -> {
          return "neither YAML nor JSON at line " + json.getLocation().getLineNr();
        }
        default -> {}
      }
    }
    return "it is no kubeconfig: " + thrown.getClass().getSimpleName();
  }

  private static String place(Mark mark) {
    return " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  /// The names of the fields that lead to the place, as `users[0].user.token`.
  private static String path(DatabindException failure) {
    var path = new StringBuilder();
    for (Reference step : failure.getPath()) {
      String name = step.getPropertyName();
      path.append(name == null ? "[" + step.getIndex() + "]" : (path.isEmpty() ? "" : ".") + name);
    }
    return path.isEmpty() ? "the whole of it" : path.toString();
  }
}
