package io.clusterzone.k8s.api.connect;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/// The fault on the way to the API server, in words that show where to look.
final class Unreachable {
  private Unreachable() {}

  /// @param server the URL of the API server
  static IOException failure(String server, Throwable thrown) {
    return new IOException(server + ": " + reason(thrown), thrown);
  }

  private static String reason(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String known = known(cause);
      if (!known.isEmpty()) {
        return known;
      }
    }
    return text(root(thrown));
  }

  /// Empty for what only wraps something else, or says enough itself.
  private static String known(Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException _ -> "no connection in time";
      case HttpTimeoutException _ -> "no answer in time";
      case UnresolvedAddressException _ -> "unknown host";
      case UnknownHostException _ -> "unknown host";
      case ConnectException refused -> refused(refused);
      case CertificateException e ->
          "its certificate is not trusted: " + root(e).getMessage() + "; see certificate-authority";
      case SSLException e when e.getCause() == null -> "TLS: " + e.getMessage();
      case EOFException _ -> "it closed the connection";
      case CredentialsException e -> String.valueOf(e.getMessage());
      default -> "";
    };
  }

  /// The JDK's client wraps the cause, and does not name the refused address.
  private static String refused(ConnectException failure) {
    if (root(failure) instanceof UnresolvedAddressException) {
      return "unknown host";
    }
    String message = failure.getMessage();
    return message == null ? "connection refused" : message;
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /// Text that cannot be parsed may be a secret, and the parser's message quotes it.
  private static String text(Throwable thrown) {
    boolean quotes =
        thrown instanceof IllegalArgumentException
            || thrown instanceof URISyntaxException
            || thrown instanceof MalformedURLException;
    String message = quotes ? null : thrown.getMessage();
    String name = thrown.getClass().getSimpleName();
    return message == null ? name : name + ": " + message;
  }
}
