package io.clusterzone.k8s.api.connect;

import java.io.IOException;

/// Credentials cannot be had now; the message says why.
final class CredentialsException extends IOException {
  private static final long serialVersionUID = 1;

  CredentialsException(String message) {
    super(message);
  }

  CredentialsException(String message, Throwable cause) {
    super(message, cause);
  }
}
