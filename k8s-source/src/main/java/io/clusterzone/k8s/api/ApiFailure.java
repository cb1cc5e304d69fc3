package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.decode.ApiEvent.Failed;
import java.io.IOException;
import java.time.Duration;

/// The API server refused, by a status or by an event.
final class ApiFailure extends IOException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final Duration retryAfter;

  ApiFailure(Failed failed) {
    super(
        failed.code()
            + " "
            + failed.reason()
            + (failed.message().isEmpty() ? "" : ": " + failed.message()));
    this.code = failed.code();
    this.retryAfter = failed.retryAfter();
  }

  /// Zero if the server did not say.
  Duration retryAfter() {
    return retryAfter;
  }

  /// The resource version is too old to watch from.
  boolean isExpired() {
    return code == 410;
  }

  /// The server does not know this way of asking.
  boolean isUnsupported() {
    return code == 400 || code == 422;
  }

  /// Whether it is about the resource asked for, not about the client or the server's load.
  boolean isOfRequest() {
    return switch (code) {
      case 401, 403, 404, 429, 503, 504 -> false;
      default -> true;
    };
  }

  /// The server's words, behind their meaning for an operator.
  String explained() {
    String message = String.valueOf(getMessage());
    return switch (code) {
      case 401 -> "the server does not accept the credentials (" + message + ")";
      case 403 -> "needs the permissions list and watch (" + message + ")";
      case 301, 302, 303, 307, 308 ->
          "the server sends elsewhere, where credentials do not follow; name the other one ("
              + message
              + ")";
      case 404 -> "the server has no such kind (" + message + ")";
      default -> message;
    };
  }
}
