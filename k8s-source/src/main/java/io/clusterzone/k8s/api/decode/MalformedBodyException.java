package io.clusterzone.k8s.api.decode;

import java.io.IOException;

/// The body is not what its media type says. The connection is given up, as for any other failure
/// of it; nothing else can be read from it.
public final class MalformedBodyException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedBodyException(String message) {
    super(message);
  }
}
