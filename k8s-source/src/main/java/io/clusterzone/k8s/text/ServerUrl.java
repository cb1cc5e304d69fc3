package io.clusterzone.k8s.text;

import java.net.URI;
import java.net.URISyntaxException;

/// URLs of API servers and proxies as people write them. Where the scheme is left out of a server's
/// URL, TLS is meant: nothing is tried in clear instead, since credentials go along.
///
/// No message has what stands before an `@`, which may be a password, or behind a `?`.
public final class ServerUrl {
  private static final int MAX_PORT = 65535;

  private ServerUrl() {}

  /// The URL of an API server with its scheme, and without a slash at its end.
  ///
  /// @throws IllegalArgumentException if it cannot be used, with what is wrong and no secret
  public static String server(String text) {
    String url = withScheme(text, "https").replaceAll("/+$", "");
    URI uri = parse(url, "a server is https://HOST:PORT");
    if (uri.getRawAuthority().indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          shown(url) + " has a user in it; write its name and password into the kubeconfig's user");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          shown(url) + " has a query; a server is https://HOST:PORT");
    }
    return url;
  }

  /// The URL of a proxy with its scheme.
  ///
  /// @throws IllegalArgumentException if it cannot be used, with what is wrong and no secret
  public static String proxy(String text) {
    String url = withScheme(text, "http");
    URI uri = parse(url, "a proxy is http://HOST:PORT");
    if (uri.getPort() < 0) {
      throw new IllegalArgumentException(shown(url) + " has no port; a proxy is http://HOST:PORT");
    }
    return url;
  }

  /// Whether what is sent there can be read on the way.
  public static boolean isPlain(String url) {
    return url.regionMatches(true, 0, "http://", 0, "http://".length());
  }

  private static String withScheme(String text, String scheme) {
    String stripped = text.strip();
    return stripped.contains("://")
        ? stripped
        : scheme + (stripped.startsWith("//") ? ":" : "://") + stripped;
  }

  private static URI parse(String url, String form) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(shown(url) + ": " + e.getReason() + "; " + form);
    }
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
      throw new IllegalArgumentException(shown(url) + " is neither https nor http; " + form);
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(shown(url) + " has no host; " + form);
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new IllegalArgumentException(shown(url) + " has no port from 1 to 65535; " + form);
    }
    return uri;
  }

  /// The URL without what may be secret in it.
  private static String shown(String url) {
    int user = url.lastIndexOf('@');
    String open =
        user < 0 ? url : url.substring(0, url.indexOf("://") + 3) + url.substring(user + 1);
    return open.replaceAll("[?#].*", "");
  }
}
